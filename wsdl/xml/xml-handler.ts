import type { Attributes } from './attributes.ts';
import type { ExpandedName } from './names.ts';
import type { NamespaceScope } from './namespaces.ts';

/** Takes what a tokenizer reads. Comments and processing instructions are not told of. */
export interface XmlHandler {
  startElement(name: ExpandedName, attributes: Attributes): void;
  /** Part of the character data, references expanded; one text may come in several parts. `blank`: only literal white space. */
  text(value: string, blank: boolean): void;
  endElement(): void;
}

/** Where the tokenizer stands, for handlers that need more than names. */
export interface XmlContext {
  /** Bindings in force for the element that starts, contains the text or ends. */
  readonly scope: NamespaceScope;
  /** Bindings in force around that element; the same object as `scope` if it declares none. */
  readonly outerScope: NamespaceScope;
  /** Name of that element as written. */
  readonly writtenName: string;
  /** `/Envelope/Body/...`, local names. */
  path(): string;
}
