import type { NamespaceConstraint } from './contract.ts';

/** XSD 1.0 Part 1, 3.10.4: whether a wildcard allows a namespace, '' for none; a negated one excludes none too. */
export function allowsNamespace(constraint: NamespaceConstraint, namespace: string): boolean {
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'in':
      return constraint.uris.includes(namespace);
    case 'not':
      return namespace !== '' && namespace !== constraint.uri;
  }
}
