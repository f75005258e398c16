import type { ComplexType } from '../../wsdl/index.ts';
import { shapeOfParticle } from './content-model.ts';
import { attributesShape, toItemCounts, toElementSchema } from './element.ts';
import type { SchemaObject } from './json-schema.ts';
import { EMPTY_SHAPE, joinShapes, memberShape, toObjectSchema, type ObjectShape } from './object-shape.ts';
import { itemOfUnwrapped } from '../members.ts';
import { isPolymorphic } from '../polymorphism.ts';
import { NO_OMISSIONS, type ComponentRole, type Omissions, type SchemaScope } from './scope.ts';

/** JSON of a complex type (XSD 1.0 Part 1, 3.4) in one of its roles. */
export function toComplexSchema(scope: SchemaScope, type: ComplexType, role: ComponentRole): SchemaObject {
  const note = type.documentation === undefined ? {} : { description: type.documentation };
  return { ...note, ...toSchemaOfRole(scope, type, role) };
}

function toSchemaOfRole(scope: SchemaScope, type: ComplexType, role: ComponentRole): SchemaObject {
  switch (role) {
    case 'declared':
      if (type.unwrapped) return toArraySchema(scope, type);
      return isPolymorphic(type)
        ? toUnion(scope, type)
        : toObjectSchema(shapeOfComplexType(scope, type, NO_OMISSIONS));
    case 'plain':
      return toObjectSchema(shapeOfComplexType(scope, type, NO_OMISSIONS));
    case 'nil':
      return toNilSchema(scope, type);
    case 'variant':
      return toObjectSchema(joinShapes([typeShape(type), shapeOfComplexType(scope, type, NO_OMISSIONS)]));
  }
}

/** The type in place, or each of the types that may stand for it, without some members and with some more. */
export function toReducedSchema(
  scope: SchemaScope,
  type: ComplexType,
  omissions: Omissions,
  extra: readonly ObjectShape[],
): SchemaObject {
  const plain = toObjectSchema(joinShapes([shapeOfComplexType(scope, type, omissions), ...extra]));
  if (!isPolymorphic(type)) return plain;
  const variants = type.substitutes.map((key) => {
    const variant = scope.contract.types[key] as ComplexType;
    return toObjectSchema(
      joinShapes([typeShape(variant), shapeOfComplexType(scope, variant, omissions), ...extra]),
    );
  });
  return { oneOf: type.abstract ? variants : [plain, ...variants] };
}

function typeShape(type: ComplexType): ObjectShape {
  return memberShape('@type', { type: 'string', const: type.name }, true);
}

export function shapeOfComplexType(scope: SchemaScope, type: ComplexType, omissions: Omissions): ObjectShape {
  const kept = { ...type, attributes: type.attributes.filter(({ jsonName }) => !omissions.has(jsonName)) };
  return joinShapes([shapeOfContent(scope, kept, omissions), attributesShape(scope, kept)]);
}

function shapeOfContent(scope: SchemaScope, { content }: ComplexType, omissions: Omissions): ObjectShape {
  switch (content.kind) {
    case 'empty':
      return EMPTY_SHAPE;
    case 'simple':
      return omissions.has(content.jsonName)
        ? EMPTY_SHAPE
        : memberShape(content.jsonName, scope.valueOf(content.type), true);
    case 'elements':
      return shapeOfParticle(scope, content.model, omissions);
    case 'mixed':
      return memberShape(
        content.jsonName,
        { type: 'string', description: 'Text and elements, as XML.' },
        true,
      );
  }
}

/** A nil element of the type or of one that may stand for it: attributes only. */
function toNilSchema(scope: SchemaScope, type: ComplexType): SchemaObject {
  const marked = memberShape('@nil', { const: true }, true);
  const plain = toObjectSchema(joinShapes([marked, attributesShape(scope, type)]));
  if (!isPolymorphic(type)) return plain;
  const variants = type.substitutes.map((key) => {
    const variant = scope.contract.types[key] as ComplexType;
    return toObjectSchema(joinShapes([marked, typeShape(variant), attributesShape(scope, variant)]));
  });
  return { oneOf: type.abstract ? variants : [plain, ...variants] };
}

/** `ArrayOfX`: the array of its only repeated element. */
function toArraySchema(scope: SchemaScope, type: ComplexType): SchemaObject {
  const element = itemOfUnwrapped(scope.contract, type.key);
  if (!element) throw new Error(`The type ${type.key} is marked as unwrapped but holds no element`);
  return { type: 'array', items: toElementSchema(scope, element), ...toItemCounts(element) };
}

/** The type itself without `@type`, unless abstract, or any type that may stand for it, by `@type`. */
function toUnion(scope: SchemaScope, type: ComplexType): SchemaObject {
  const variants = type.substitutes.map((key) => ({
    name: scope.contract.types[key]!.name,
    schema: scope.refTo(key, 'variant'),
  }));
  if (variants.length === 0) return { not: {} };
  const mapping = Object.fromEntries(variants.map(({ name, schema }) => [name, schema.$ref!]));
  const union: SchemaObject = {
    type: 'object',
    oneOf: variants.map(({ schema }) => schema),
    discriminator: { propertyName: '@type', mapping },
  };
  return type.abstract ? union : { oneOf: [scope.refTo(type.key, 'plain'), union] };
}
