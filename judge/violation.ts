import type { ErrorDetail, XmlElement } from 'libxml2-wasm';
import { writtenPath } from './written-path.ts';

/** One thing that is wrong with a document, and where. */
export interface Violation {
  /** In libxml2's words, which name the rule: `[facet 'maxLength']`, `cvc-...`. */
  readonly message: string;
  readonly line: number;
  /** XPath with the names as the document writes them; a place among several of one name is numbered. */
  readonly xpath?: string;
}

/** `element` is the one that was judged. */
export function toViolation({ message, line, xpath }: ErrorDetail, element: XmlElement): Violation {
  const path = xpath === undefined ? undefined : writtenPath(element.doc.root, xpath);
  return { message: message.trim(), line, ...(path !== undefined && { xpath: path }) };
}

export function formatViolation({ message, xpath }: Violation): string {
  return xpath === undefined ? message : `${message} (${xpath})`;
}
