import { ANY_TYPE } from '../builtin-types.ts';
import type { ComplexType, TypeDefinition } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { mayRepeat } from './occurrence.ts';
import type { TypeTable } from './type-table.ts';

/** Adds what a type can only know of all others: which may stand in its place, and whether it unwraps. */
export function finishTypes(
  table: TypeTable,
  linked: ReadonlyMap<QNameKey, TypeDefinition>,
  bodyTypes: ReadonlySet<QNameKey>,
): Record<QNameKey, TypeDefinition> {
  const families = findFamilies(table, linked);
  const types: Record<QNameKey, TypeDefinition> = {};
  for (const type of linked.values()) {
    types[type.key] = type.kind === 'simple' ? type : finish(type, families, bodyTypes);
  }
  return types;
}

interface Families {
  readonly substitutes: ReadonlyMap<QNameKey, readonly QNameKey[]>;
  /** Types that something is derived from. */
  readonly bases: ReadonlySet<QNameKey>;
}

function finish(
  type: ComplexType,
  { substitutes, bases }: Families,
  bodyTypes: ReadonlySet<QNameKey>,
): ComplexType {
  return {
    ...type,
    substitutes: [...(type.abstract ? [] : [type.key]), ...(substitutes.get(type.key) ?? [])],
    unwrapped:
      type.soapArray !== undefined ||
      (isArrayWrapper(type) && !bases.has(type.key) && !bodyTypes.has(type.key)),
  };
}

/** Every concrete named type is put with each type it derives from, unless that one blocks the way of derivation (XSD 1.0 Part 1, 3.4.6). */
function findFamilies(table: TypeTable, linked: ReadonlyMap<QNameKey, TypeDefinition>): Families {
  const substitutes = new Map<QNameKey, QNameKey[]>();
  const bases = new Set<QNameKey>();
  for (const type of linked.values()) {
    const ways = new Set<string>();
    for (const { base, derivation } of ancestry(type, linked)) {
      ways.add(derivation);
      bases.add(base);
      if (type.kind === 'simple' || type.abstract || !type.qname || isBlocked(table, base, ways)) continue;
      const family = substitutes.get(base) ?? [];
      substitutes.set(base, family);
      family.push(type.key);
    }
  }
  return { substitutes, bases };
}

/** The derivation steps from a complex type upwards, as far as types of the contract go. */
function* ancestry(
  type: TypeDefinition,
  linked: ReadonlyMap<QNameKey, TypeDefinition>,
): Generator<{ readonly base: QNameKey; readonly derivation: string }> {
  let derived: TypeDefinition | undefined = type;
  while (
    derived?.kind === 'complex' &&
    derived.base !== undefined &&
    linked.get(derived.base)?.kind === 'complex'
  ) {
    yield { base: derived.base, derivation: derived.derivation ?? '' };
    derived = linked.get(derived.base);
  }
}

function isBlocked(table: TypeTable, base: QNameKey, ways: ReadonlySet<string>): boolean {
  const node = table.nodeOf(base);
  return node?.kind === 'complex-type' && node.block.some((way) => way === '#all' || ways.has(way));
}

/** `ArrayOfX` with a repeated element and nothing else: an array says as much. */
function isArrayWrapper({
  key,
  qname,
  base,
  abstract,
  content,
  attributes,
  anyAttribute,
}: ComplexType): boolean {
  const local = qname?.local ?? key.slice(key.lastIndexOf('/') + 1);
  if (!local.startsWith('ArrayOf') || (base !== undefined && base !== ANY_TYPE)) return false;
  if (abstract || attributes.length > 0 || anyAttribute || content.kind !== 'elements') return false;
  const { min, particles } = content.model;
  const [only, second] = particles;
  return min === 1 && !second && only?.kind === 'element' && mayRepeat(only.max);
}
