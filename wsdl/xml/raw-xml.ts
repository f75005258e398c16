import { defaultLimits } from '../limits.ts';
import type { Limits } from '../limits.ts';
import type { QName } from '../qname.ts';
import { hasIllegalXmlCharacter } from './escape.ts';
import { Tokenizer } from './tokenizer.ts';
import { XmlError } from './xml-error.ts';
import type { XmlHandler } from './xml-handler.ts';

export interface RawXmlOptions {
  /** `element`: exactly one, for xs:any; `content`: text and elements, for mixed content. */
  readonly as: 'element' | 'content';
  /** Told of each outermost element, so that the namespace constraint of a wildcard can be checked. */
  readonly onRoot?: (name: QName) => void;
  readonly limits?: Limits;
}

export interface RawXmlFault {
  readonly code: 'not-xml' | 'xml-character' | 'limit-exceeded';
  /** Quotes no content, only names. */
  readonly message: string;
}

/**
 * Checks that a string can stand inside an element without changing anything around it: well-formed, every tag closed
 * by itself, every prefix declared in itself, no DTD and no processing instruction.
 */
export function checkRawXml(fragment: string, options: RawXmlOptions): RawXmlFault | undefined {
  if (hasIllegalXmlCharacter(fragment))
    return { code: 'xml-character', message: 'has a character that XML does not allow' };
  const roots = new RootCollector(options.onRoot);
  const tokenizer = new Tokenizer(roots, { limits: options.limits ?? defaultLimits, fragment: true });
  try {
    tokenizer.write(Buffer.from(fragment));
    tokenizer.end();
  } catch (error) {
    if (error instanceof XmlError) return faultOf(error);
    throw error;
  }
  if (options.as === 'element' && (roots.count !== 1 || roots.hasText)) {
    return { code: 'not-xml', message: 'must be exactly one XML element' };
  }
  return undefined;
}

function faultOf({ code, message }: XmlError): RawXmlFault {
  return { code: code === 'limit-exceeded' ? code : 'not-xml', message };
}

class RootCollector implements XmlHandler {
  count = 0;
  hasText = false;
  #depth = 0;
  readonly #onRoot: ((name: QName) => void) | undefined;

  constructor(onRoot: ((name: QName) => void) | undefined) {
    this.#onRoot = onRoot;
  }

  startElement({ namespace, local }: QName): void {
    if (this.#depth === 0) {
      this.count += 1;
      this.#onRoot?.({ namespace, local });
    }
    this.#depth += 1;
  }

  text(_value: string, blank: boolean): void {
    if (this.#depth === 0 && !blank) this.hasText = true;
  }

  endElement(): void {
    this.#depth -= 1;
  }
}
