import type { NamespaceConstraint } from '../contract.ts';
import type { WildcardFacts } from '../parse/schema-nodes.ts';

/** `##any`, `##other` or a list of URIs, `##targetNamespace` and `##local` (XSD 1.0 Part 1, 3.10.2). */
export function linkNamespaces({ namespaces, targetNamespace }: WildcardFacts): NamespaceConstraint {
  if (namespaces === '##any') return { kind: 'any' };
  if (namespaces === '##other') return { kind: 'not', uri: targetNamespace };
  const words = namespaces.split(/\s+/).filter((word) => word !== '');
  const uris = words.map((word) =>
    word === '##targetNamespace' ? targetNamespace : word === '##local' ? '' : word,
  );
  return { kind: 'in', uris: [...new Set(uris)] };
}

/** XSD 1.0 Part 1, 3.10.6; of two different `not` the first is kept, as their intersection cannot be expressed. */
export function intersect(left: NamespaceConstraint, right: NamespaceConstraint): NamespaceConstraint {
  if (left.kind === 'any') return right;
  if (right.kind === 'any') return left;
  if (left.kind === 'in') return { kind: 'in', uris: left.uris.filter((uri) => allows(right, uri)) };
  return right.kind === 'in' ? intersect(right, left) : left;
}

/** XSD 1.0 Part 1, 3.10.6. */
export function unite(left: NamespaceConstraint, right: NamespaceConstraint): NamespaceConstraint {
  if (left.kind === 'any' || right.kind === 'any') return { kind: 'any' };
  if (left.kind === 'in') {
    if (right.kind === 'in') return { kind: 'in', uris: [...new Set([...left.uris, ...right.uris])] };
    return left.uris.some((uri) => !allows(right, uri)) ? { kind: 'any' } : right;
  }
  if (right.kind === 'in') return unite(right, left);
  return left.uri === right.uri ? left : { kind: 'any' };
}

function allows(constraint: NamespaceConstraint, uri: string): boolean {
  if (constraint.kind === 'any') return true;
  return constraint.kind === 'in' ? constraint.uris.includes(uri) : uri !== '' && uri !== constraint.uri;
}
