import { typeOf, type Message } from '../../wsdl/index.ts';
import { shapeOfComplexType } from './complex-type.ts';
import { shapeOfParticle } from './content-model.ts';
import { toBinarySchema } from './builtin-type.ts';
import { toElementSchema } from './element.ts';
import { toNullable, type JsonSchema, type SchemaObject } from './json-schema.ts';
import { joinShapes, memberShape, toObjectSchema, type ObjectShape } from './object-shape.ts';
import { NO_OMISSIONS, type Omissions, type SchemaScope } from './scope.ts';

/** The JSON value of a message, without the members that come from elsewhere. */
export function toMessageSchema(scope: SchemaScope, message: Message, omissions: Omissions): SchemaObject {
  const header = headerShape(scope, message, omissions);
  const [only] = message.body.members;
  if (message.body.shape === 'members' || !only) {
    const shapes = message.body.members.map((member) => shapeOfParticle(scope, member, omissions));
    return toObjectSchema(joinShapes([...shapes, ...attachmentShapes(message), ...header]));
  }
  if (header.length === 0 && omissions.size === 0) return toElementSchema(scope, { ...only, min: 1, max: 1 });
  const object = scope.objectWithout(only.type, omissions, header);
  return only.nillable && omissions.size === 0 ? toNullable(object) : object;
}

/** Whether `{}` is no value of the message: then a request must have a body. */
export function needsMembers(
  scope: SchemaScope,
  { body, attachments = [] }: Message,
  omissions: Omissions,
): boolean {
  if (attachments.length > 0) return true;
  const [only] = body.members;
  if (body.shape === 'members' || !only) {
    return !joinShapes(body.members.map((member) => shapeOfParticle(scope, member, omissions))).isEmptiable;
  }
  const type = typeOf(scope.contract, only.type);
  if (type.kind !== 'complex' || type.abstract) return true;
  return !shapeOfComplexType(scope, type, omissions).isEmptiable;
}

/** Parts that travel beside the envelope. */
function attachmentShapes({ attachments = [] }: Message): ObjectShape[] {
  return attachments.map(({ jsonName, mediaTypes }) =>
    memberShape(jsonName, toBinarySchema(mediaTypes), true),
  );
}

/** `@header`: declared header parts, all optional (WSDL 1.1, 3.7). */
function headerShape(scope: SchemaScope, { headers }: Message, omissions: Omissions): ObjectShape[] {
  const below = omissions.get('@header');
  if (below === true) return [];
  const parts = headers
    .map((part) => shapeOfParticle(scope, { ...part, min: 0 }, below ?? NO_OMISSIONS))
    .filter((part) => !Object.values(part.properties).every(isEmptyObject));
  return parts.length === 0 ? [] : [memberShape('@header', toObjectSchema(joinShapes(parts)), false)];
}

/** A block whose members all come from elsewhere: nothing of it is left for the body. */
function isEmptyObject(schema: JsonSchema): boolean {
  return (
    typeof schema === 'object' &&
    schema.properties !== undefined &&
    Object.keys(schema.properties).length === 0
  );
}
