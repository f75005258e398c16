import type { Facets, QNameKey, SimpleType } from '../../wsdl/index.ts';
import { isExactNumber, shapeOfBuiltin } from '../scalar-shape.ts';
import { toBinarySchema, toBuiltinSchema } from './builtin-type.ts';
import { applyFacets } from './facets.ts';
import type { SchemaObject } from './json-schema.ts';
import { toSimpleLiteral } from './literal.ts';
import { spellingsOf } from './number-spellings.ts';
import type { SchemaScope } from './scope.ts';

/** JSON of a simple type (XSD 1.0 Part 1, 3.14), complete in itself but for the types it lists or unites. */
export function toSimpleSchema(scope: SchemaScope, type: SimpleType): SchemaObject {
  const { variety, facets } = type;
  switch (variety.kind) {
    case 'atomic':
      if (type.swaRef) return toBinarySchema([]);
      return toAtomicSchema(scope, type, variety.builtin);
    case 'list':
      return { ...toListSchema(scope, variety.itemType, facets), ...toEnumeration(scope, type) };
    case 'union':
      return toUnionSchema(scope, type, variety.memberTypes);
  }
}

function toAtomicSchema(scope: SchemaScope, type: SimpleType, builtin: string): SchemaObject {
  const { numbers } = scope.contract;
  const base = toBuiltinSchema(builtin, numbers);
  if (type.facets.enumeration) {
    const { type: jsonType, 'x-xsd-type': xsdType } = base;
    const isMixed = builtin === 'float' || builtin === 'double';
    return {
      ...(jsonType && !isMixed && { type: jsonType }),
      ...(xsdType && { 'x-xsd-type': xsdType }),
      ...(isExactNumber(builtin) && numbers === 'string'
        ? toNumberEnumeration(scope, type, builtin)
        : toEnumeration(scope, type)),
    };
  }
  const narrowed = applyFacets(base, type.facets, builtin, shapeOfBuiltin(builtin, numbers));
  return builtin === 'float' || builtin === 'double' ? withSpecialNumbers(narrowed, type.facets) : narrowed;
}

/** JSON has no infinities. A bound shuts out the infinity beyond it; NaN is within no bounds. */
function withSpecialNumbers(schema: SchemaObject, facets: Facets): SchemaObject {
  const isBoundBelow = facets.minInclusive !== undefined || facets.minExclusive !== undefined;
  const isBoundAbove = facets.maxInclusive !== undefined || facets.maxExclusive !== undefined;
  const special = [
    ...(isBoundAbove ? [] : ['INF']),
    ...(isBoundBelow ? [] : ['-INF']),
    ...(isBoundAbove || isBoundBelow ? [] : ['NaN']),
  ];
  return special.length > 0 ? { anyOf: [schema, { type: 'string', enum: special }] } : schema;
}

function toListSchema(scope: SchemaScope, itemType: QNameKey, facets: Facets): SchemaObject {
  const { length, minLength: minItems = length, maxLength: maxItems = length } = facets;
  return {
    type: 'array',
    items: scope.valueOf(itemType),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
  };
}

function toUnionSchema(scope: SchemaScope, type: SimpleType, memberTypes: readonly QNameKey[]): SchemaObject {
  const enumeration = toEnumeration(scope, type);
  if (enumeration.enum) return enumeration;
  const members = memberTypes.map((member) => scope.valueOf(member));
  const [only, ...others] = members;
  return only && others.length === 0 ? only : { anyOf: members };
}

/** The values as the contract writes them, or as anyone may. */
function toNumberEnumeration(scope: SchemaScope, type: SimpleType, builtin: string): SchemaObject {
  const spellings = spellingsOf(type.facets.enumeration ?? [], builtin !== 'decimal');
  return { anyOf: [toEnumeration(scope, type), { pattern: spellings }] };
}

function toEnumeration({ contract }: SchemaScope, type: SimpleType): SchemaObject {
  if (!type.facets.enumeration) return {};
  const literals = type.facets.enumeration.map((lexical) => toSimpleLiteral(contract, type, lexical));
  return { enum: [...new Map(literals.map((literal) => [JSON.stringify(literal), literal])).values()] };
}
