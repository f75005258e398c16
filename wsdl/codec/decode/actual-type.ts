import { ANY_TYPE } from '../../builtin-types.ts';
import { isOpenSimpleType, mayStandFor } from '../../open-simple-type.ts';
import { qnameKey } from '../../qname.ts';
import type { NamespaceScope } from '../../xml/namespaces.ts';
import type { CompiledType, ContractTypes } from './contract-types.ts';

/**
 * The type that xsi:type names, if it may stand in place of the declared one (XSD 1.0 Part 1, 3.3.4, cvc-elt 4).
 *
 * @returns undefined if it is unknown, abstract or not substitutable.
 */
export function actualType(
  types: ContractTypes,
  declared: CompiledType,
  xsiType: string,
  scope: NamespaceScope,
): CompiledType | undefined {
  const key = typeKey(xsiType.trim(), scope);
  if (key === undefined) return undefined;
  if (key === declared.definition.key) return declared;
  const actual = types.find(key);
  if (actual === undefined || (actual.kind === 'complex' && actual.definition.abstract)) return undefined;
  return isSubstitutable(types, declared, actual) ? actual : undefined;
}

function typeKey(qname: string, scope: NamespaceScope): string | undefined {
  const colon = qname.indexOf(':');
  const namespace = scope.lookup(qname.slice(0, Math.max(0, colon)));
  return namespace === undefined ? undefined : qnameKey(namespace, qname.slice(colon + 1));
}

function isSubstitutable(types: ContractTypes, declared: CompiledType, actual: CompiledType): boolean {
  if (declared.definition.key === ANY_TYPE) return true;
  if (declared.kind === 'complex') return declared.definition.substitutes.includes(actual.definition.key);
  if (actual.kind !== 'simple') return false;
  const { key } = declared.definition;
  return isOpenSimpleType(declared.definition)
    ? mayStandFor(types.contract, declared.definition, actual.definition)
    : derivesFrom(types, actual, key);
}

/** Bases cannot be circular (XSD 1.0 Part 1, 3.14.6), but a hand-made contract could be: the walk is bounded. */
function derivesFrom(types: ContractTypes, type: CompiledType, ancestor: string): boolean {
  let current: CompiledType | undefined = type;
  for (let steps = 0; current !== undefined && steps < 64; steps++) {
    if (current.definition.key === ancestor) return true;
    current = current.definition.base === undefined ? undefined : types.find(current.definition.base);
  }
  return false;
}
