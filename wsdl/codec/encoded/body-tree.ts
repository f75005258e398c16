import { AttributeList } from '../../xml/attributes.ts';
import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import type { NamespaceScope } from '../../xml/namespaces.ts';
import { limitExceeded } from '../../xml/xml-error.ts';
import type { DecodeContext } from '../decode/decode-context.ts';
import type { ElementReader } from '../decode/element-reader.ts';

/** An element of an encoded Body as it came. */
export interface EncodedElement {
  readonly name: ExpandedName;
  readonly writtenName: string;
  readonly attributes: Attributes;
  readonly scope: NamespaceScope;
  readonly outerScope: NamespaceScope;
  /** Elements and character data in order. */
  readonly content: (EncodedElement | string)[];
}

export function childrenOf({ content }: EncodedElement): EncodedElement[] {
  return content.filter((part) => typeof part !== 'string');
}

export function textOf({ content }: EncodedElement): string {
  return content.filter((part) => typeof part === 'string').join('');
}

/**
 * Keeps the children of an encoded Body: a reference may point to what comes later (SOAP 1.1, 5.1, rules 4 to 6), so nothing can be
 * decoded before all has come. Literal messages never come here.
 */
export class BodyTree implements ElementReader {
  depth = 0;
  readonly children: EncodedElement[] = [];
  readonly #context: DecodeContext;
  readonly #open: EncodedElement[] = [];
  #count = 0;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  /** With the start of the Body itself. */
  begin(): void {
    this.depth = 1;
  }

  startElement(name: ExpandedName, attributes: Attributes): void {
    this.#count += 1;
    const { maxEncodedElements } = this.#context.limits;
    if (this.#count > maxEncodedElements)
      limitExceeded('the encoded Body has too many elements', maxEncodedElements);
    const { scope, outerScope, writtenName } = this.#context.xml;
    const element = { name, writtenName, attributes: copyOf(attributes), scope, outerScope, content: [] };
    const parent = this.#open.at(-1);
    if (parent) parent.content.push(element);
    else this.children.push(element);
    this.#open.push(element);
    this.depth += 1;
  }

  text(value: string): void {
    const open = this.#open.at(-1);
    if (open) open.content.push(value);
    else if (!BLANK.test(value))
      this.#context.fail('unexpected-text', 'there is text where SOAP allows only elements');
  }

  endElement(): void {
    this.#open.pop();
    this.depth -= 1;
  }
}

const BLANK = /^[ \t\r\n]*$/;
const NO_ATTRIBUTES: Attributes = new AttributeList();

/** What the tokenizer gives holds only until the next element. */
function copyOf({ count, names, written, values }: Attributes): Attributes {
  if (count === 0) return NO_ATTRIBUTES;
  return {
    count,
    names: names.slice(0, count),
    written: written.slice(0, count),
    values: values.slice(0, count),
  };
}
