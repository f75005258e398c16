import { XML_NAMESPACE, XMLNS_NAMESPACE } from '../qname.ts';
import { notXml, shownName } from './xml-error.ts';

let serials = 0;

/** Namespace bindings in force for an element (Namespaces in XML 1.0, 6). Immutable, so elements that declare none share it. */
export class NamespaceScope {
  /** Unique in the process; never 0. */
  readonly serial: number = ++serials;
  readonly parent: NamespaceScope | undefined;
  /** Declared by the element itself. */
  readonly prefixes: readonly string[];
  readonly uris: readonly string[];

  constructor(parent: NamespaceScope | undefined, prefixes: readonly string[], uris: readonly string[]) {
    this.parent = parent;
    this.prefixes = prefixes;
    this.uris = uris;
  }

  /** @returns '' for the empty prefix without a default namespace, undefined for an unbound prefix. */
  lookup(prefix: string): string | undefined {
    let index = this.prefixes.indexOf(prefix);
    if (index >= 0) return this.uris[index];
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      index = scope.prefixes.indexOf(prefix);
      if (index >= 0) return scope.uris[index];
    }
    return undefined;
  }
}

export const ROOT_SCOPE: NamespaceScope = new NamespaceScope(undefined, ['', 'xml'], ['', XML_NAMESPACE]);

/** Refuses what Namespaces in XML 1.0, 3 (reserved prefixes) and 5 (no prefix undeclaring) forbid. */
export function checkDeclaration(prefix: string, uri: string): void {
  const shown = shownName(prefix);
  if (prefix === 'xmlns') notXml('the prefix xmlns must not be declared');
  if ((prefix === 'xml') !== (uri === XML_NAMESPACE))
    notXml('the prefix xml and its namespace belong to each other');
  if (uri === XMLNS_NAMESPACE) notXml(`the prefix "${shown}" must not be bound to the xmlns namespace`);
  if (uri === '' && prefix !== '') notXml(`the prefix "${shown}" must not be bound to no namespace`);
}
