import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { RawXmlWriter } from '../../xml/raw-xml-writer.ts';
import type { XmlContext } from '../../xml/xml-handler.ts';
import type { ElementReader } from './element-reader.ts';

/** Copies raw XML while it is read; a check, if there is one, reads along and throws where the contract is broken. */
export class RawCopy {
  readonly #writer: RawXmlWriter;
  readonly #check: ElementReader | undefined;

  constructor(context: XmlContext, check: ElementReader | undefined) {
    this.#writer = new RawXmlWriter(context);
    this.#check = check;
  }

  /** Elements open. */
  get depth(): number {
    return this.#writer.depth;
  }

  /** The copy; complete when `depth` is 0. */
  toString(): string {
    return this.#writer.toString();
  }

  /** The element whose content, or which itself, is copied: the check has begun with it. */
  startRoot(attributes: Attributes): void {
    this.#writer.startElement(attributes);
  }

  startElement(name: ExpandedName, attributes: Attributes): void {
    this.#writer.startElement(attributes);
    this.#check?.startElement(name, attributes);
  }

  text(value: string, blank: boolean): void {
    this.#writer.text(value);
    this.#check?.text(value, blank);
  }

  endElement(): void {
    this.#writer.endElement();
    this.#check?.endElement();
  }

  /** The element ends whose content was copied. */
  endContent(): void {
    this.#check?.endElement();
  }
}
