import {
  ANY_TYPE,
  keepsTypeName,
  typeOf,
  type AttributeUse,
  type ComplexType,
  type ElementParticle,
  type QNameKey,
} from '../../wsdl/index.ts';
import { shapeOfBuiltin, valueShapeOf } from '../scalar-shape.ts';
import { isBinaryType } from '../binary-type.ts';
import { toTypedSchema } from './any-type.ts';
import { isPolymorphic } from '../polymorphism.ts';
import { toContentMediaType } from './builtin-type.ts';
import { toNullable, type SchemaObject } from './json-schema.ts';
import { toLiteral } from './literal.ts';
import { joinShapes, memberShape, type ObjectShape } from './object-shape.ts';
import type { SchemaScope } from './scope.ts';

/** The member that an element declaration stands for: an array if it may repeat. */
export function toMemberSchema(scope: SchemaScope, element: ElementParticle): SchemaObject {
  const note = element.documentation === undefined ? {} : { description: element.documentation };
  if (element.max === 1) return { ...toElementSchema(scope, element), ...note };
  return { type: 'array', items: toElementSchema(scope, element), ...toItemCounts(element), ...note };
}

export function toItemCounts({ min, max }: Pick<ElementParticle, 'min' | 'max'>): SchemaObject {
  return { ...(min > 0 && { minItems: min }), ...(max !== 'unbounded' && { maxItems: max }) };
}

/** One occurrence of an element. */
export function toElementSchema(scope: SchemaScope, element: ElementParticle): SchemaObject {
  const plain = {
    ...scope.valueOf(element.type),
    ...toConstraint(scope, element),
    ...(isBinary(scope, element) && toContentMediaType(element.mediaTypes ?? [])),
  };
  const value = keepsTypeName(scope.contract, element.type) ? { anyOf: [plain, toTypedSchema()] } : plain;
  return element.nillable ? withNil(scope, element.type, value) : value;
}

/** Its JSON is the base64 itself, not an object that has it in it. */
function isBinary({ contract }: SchemaScope, { type: key }: ElementParticle): boolean {
  if (key === ANY_TYPE) return false;
  const type = typeOf(contract, key);
  return type.kind === 'simple' && isBinaryType(type);
}

function attributeShape(scope: SchemaScope, attribute: AttributeUse): ObjectShape {
  const schema = {
    ...scope.valueOf(attribute.type),
    ...toConstraint(scope, attribute),
    ...(attribute.documentation !== undefined && { description: attribute.documentation }),
  };
  return memberShape(attribute.jsonName, schema, attribute.required);
}

/** Attributes and wildcard of a complex type. */
export function attributesShape(scope: SchemaScope, type: ComplexType): ObjectShape {
  const shapes = type.attributes.map((attribute) => attributeShape(scope, attribute));
  if (!type.anyAttribute) return joinShapes(shapes);
  const description = 'Other attributes, by their names in Clark notation: {namespace}local.';
  const wildcard: SchemaObject = { type: 'object', description, additionalProperties: { type: 'string' } };
  return joinShapes([...shapes, memberShape(type.anyAttribute.jsonName, wildcard, false)]);
}

/** `const` and `default`, of a simply typed element or attribute. */
function toConstraint(
  { contract }: SchemaScope,
  { type, fixed, default: preset }: Pick<AttributeUse, 'type' | 'fixed' | 'default'>,
): SchemaObject {
  if (!isSimple(contract, type)) return {};
  if (preset !== undefined) return { default: toLiteral(contract, type, preset) };
  // Numbers that are JSON strings have many spellings of one value.
  return fixed !== undefined && hasOneSpelling(contract, type)
    ? { const: toLiteral(contract, type, fixed) }
    : {};
}

function isSimple(contract: SchemaScope['contract'], key: QNameKey): boolean {
  return key !== ANY_TYPE && typeOf(contract, key).kind === 'simple';
}

function hasOneSpelling(contract: SchemaScope['contract'], key: QNameKey): boolean {
  const type = typeOf(contract, key);
  if (type.kind !== 'simple' || type.variety.kind !== 'atomic') return false;
  const shape = valueShapeOf(contract, key);
  const { builtin } = type.variety;
  return shape.kind === 'scalar' && shape.of === shapeOfBuiltin(builtin, 'number');
}

/** Nil is `null`, unless it has attributes or must name its type: an abstract one cannot even be nil (XSD 1.0 Part 1, 3.4.4). */
function withNil(scope: SchemaScope, key: QNameKey, value: SchemaObject): SchemaObject {
  const type = typeOf(scope.contract, key);
  if (type.kind === 'simple') return toNullable(value);
  const saysMore = type.attributes.length > 0 || type.anyAttribute !== undefined || isPolymorphic(type);
  if (!saysMore) return toNullable(value);
  const nil = scope.refTo(key, 'nil');
  return { anyOf: type.abstract ? [value, nil] : [value, nil, { type: 'null' }] };
}
