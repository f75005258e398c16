import { typeOf, type Message } from '../../wsdl/index.ts';
import { shapeOfComplexType } from './complex-type.ts';
import { shapeOfParticle } from './content-model.ts';
import type { SchemaObject } from './json-schema.ts';
import { joinShapes, memberShape, toObjectSchema, type ObjectShape } from './object-shape.ts';
import type { Omissions, SchemaScope } from './scope.ts';

/** The JSON value of a message, without the members that come from elsewhere. */
export function toMessageSchema(scope: SchemaScope, message: Message, omissions: Omissions): SchemaObject {
  const header = headerShape(scope, message);
  const [only] = message.body.members;
  if (message.body.shape === 'members' || !only) {
    const shapes = message.body.members.map((member) => shapeOfParticle(scope, member, omissions));
    return toObjectSchema(joinShapes([...shapes, ...header]));
  }
  if (header.length === 0 && omissions.size === 0) return scope.valueOf(only.type);
  return scope.objectWithout(only.type, omissions, header);
}

/** Whether `{}` is no value of the message: then a request must have a body. */
export function needsMembers(scope: SchemaScope, { body }: Message, omissions: Omissions): boolean {
  const [only] = body.members;
  if (body.shape === 'members' || !only) {
    return !joinShapes(body.members.map((member) => shapeOfParticle(scope, member, omissions))).isEmptiable;
  }
  const type = typeOf(scope.contract, only.type);
  if (type.kind !== 'complex' || type.abstract) return true;
  return !shapeOfComplexType(scope, type, omissions).isEmptiable;
}

/** `@header`: declared header parts, all optional (WSDL 1.1, 3.7). */
function headerShape(scope: SchemaScope, { headers }: Message): ObjectShape[] {
  if (headers.length === 0) return [];
  const parts = headers.map((part) => shapeOfParticle(scope, { ...part, min: 0 }, new Map()));
  return [memberShape('@header', toObjectSchema(joinShapes(parts)), false)];
}
