import { ANY_SIMPLE_TYPE, builtinTypes, typeOf } from './builtin-types.ts';
import type { Contract, SimpleType, TypeDefinition } from './contract.ts';
import type { QNameKey } from './qname.ts';

/** Built-in types whose JSON is not the text of the XML. */
const REWRITTEN: ReadonlySet<string> = new Set(['QName', 'NOTATION', 'hexBinary', 'base64Binary']);

/** A simple type of which xsi:type decides what a text means: xs:anySimpleType, and any union. */
export function isOpenSimpleType(type: TypeDefinition): type is SimpleType {
  return type.key === ANY_SIMPLE_TYPE || isUnion(type);
}

/**
 * Whether elements of the type may be `{ "@type": ..., "value": ... }` in JSON: always those of xs:anySimpleType; those of a union
 * where one member type could take the JSON of another for its own and write another text.
 */
export function keepsTypeName(contract: Contract, key: QNameKey): boolean {
  const type = typeOf(contract, key);
  if (!isUnion(type)) return key === ANY_SIMPLE_TYPE;
  const builtins = new Set(builtinsOf(contract, key));
  return builtins.size > 1 && [...builtins].some((builtin) => REWRITTEN.has(builtin));
}

/** Member types of a union, those of plain unions within it in their place (XSD 1.0 Part 1, 3.14.2). */
export function unionMembers(contract: Contract, { variety }: SimpleType): QNameKey[] {
  if (variety.kind !== 'union') return [];
  return variety.memberTypes.flatMap((key) => {
    const member = typeOf(contract, key);
    return isUnion(member) && !isNarrowed(member) ? unionMembers(contract, member) : [key];
  });
}

/** The types that xsi:type may name in place of an open one (XSD 1.0 Part 1, 3.14.6, derivation ok), by what `@type` calls them. */
export function typesInPlaceOf(contract: Contract, open: SimpleType): ReadonlyMap<string, SimpleType> {
  const all = [...builtinTypes(), ...Object.values(contract.types)];
  const usable = all.filter(
    (type): type is SimpleType =>
      type.kind === 'simple' &&
      type.qname !== undefined &&
      type.key !== open.key &&
      mayStandFor(contract, open, type),
  );
  return new Map(usable.map((type) => [type.name, type]));
}

/** Whether a simple type may stand in place of an open one. */
export function mayStandFor(contract: Contract, open: SimpleType, type: SimpleType): boolean {
  if (open.key === ANY_SIMPLE_TYPE) return true;
  const allowed = new Set(memberClosure(contract, open));
  // Bases cannot be circular (XSD 1.0 Part 1, 3.14.6), but those of a contract made by hand could be.
  const seen = new Set<QNameKey>();
  for (let key: QNameKey | undefined = type.key; key !== undefined && !seen.has(key);) {
    if (allowed.has(key)) return true;
    seen.add(key);
    key = typeOf(contract, key).base;
  }
  return false;
}

/** The type itself, its member types, and theirs. */
function memberClosure(contract: Contract, type: SimpleType): QNameKey[] {
  const { variety } = type;
  if (variety.kind !== 'union') return [type.key];
  const members = variety.memberTypes.map((key) => typeOf(contract, key));
  return [
    type.key,
    ...members.flatMap((member) => (member.kind === 'simple' ? memberClosure(contract, member) : [])),
  ];
}

/** Of what a value may be made, through lists and unions. */
function builtinsOf(contract: Contract, key: QNameKey): string[] {
  const type = typeOf(contract, key);
  if (type.kind !== 'simple') return [];
  const { variety } = type;
  if (variety.kind === 'atomic') return [variety.builtin];
  const parts = variety.kind === 'list' ? [variety.itemType] : variety.memberTypes;
  return parts.flatMap((part) => builtinsOf(contract, part));
}

function isUnion(type: TypeDefinition): type is SimpleType {
  return type.kind === 'simple' && type.variety.kind === 'union';
}

function isNarrowed({ facets: { patterns, enumeration } }: SimpleType): boolean {
  return patterns !== undefined || enumeration !== undefined;
}
