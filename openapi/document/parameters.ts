import type { JsonValue, Operation } from '../../wsdl/index.ts';
import type { Route, RouteParameter } from '../route.ts';
import { resolveMember } from '../routes/resolve-member.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import type { SchemaScope } from '../schema/scope.ts';
import { preferParameterOf } from './deferral.ts';
import { memberOf } from './examples.ts';
import { KEY_NAMES } from './idempotency.ts';
import type { ParameterObject, Reference } from './open-api-document.ts';

/** Parameters of a route; two members bound to one parameter share it. */
export function toParameters(
  scope: SchemaScope,
  operation: Operation,
  route: Route,
  example: JsonValue | undefined,
): (ParameterObject | Reference)[] {
  const bySource = new Map(
    route.parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
  );
  const parameters: (ParameterObject | Reference)[] = [...bySource.values()].map((parameter) =>
    parameter.name === route.paging?.parameter && parameter.in === 'query'
      ? toCursorParameter(parameter)
      : toParameter(scope, operation, parameter, example),
  );
  if (route.cache) parameters.push({ $ref: '#/components/parameters/IfNoneMatch' });
  if (route.idempotency)
    parameters.push({ $ref: `#/components/parameters/${KEY_NAMES[route.idempotency.key]}` });
  return [...parameters, ...preferParameterOf(route)];
}

/** Whatever the service takes there, clients have it from us. */
function toCursorParameter({ name }: RouteParameter): ParameterObject {
  return {
    name,
    in: 'query',
    required: false,
    description: 'Names a page. Take it from the `Link` of an answer; without it you get the first page.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]+$', maxLength: 2048 },
  };
}

function toParameter(
  scope: SchemaScope,
  operation: Operation,
  parameter: RouteParameter,
  example: JsonValue | undefined,
): ParameterObject {
  const resolved = resolveMember(scope.contract, operation.input, parameter.member.join('.'));
  if (typeof resolved === 'string')
    throw new Error(`The route to "${operation.id}" does not fit its contract: ${resolved}`);
  const { value, documentation } = resolved.members.at(-1)!;
  const shown = memberOf(example, parameter.member);
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required,
    ...(documentation !== undefined && { description: documentation }),
    schema: 'type' in value ? toParameterSchema(scope, value.type, parameter) : {},
    ...(shown !== undefined && shown !== null && shown !== '' && !isEmptyArray(shown) && { example: shown }),
  };
}

function toParameterSchema(
  scope: SchemaScope,
  type: string,
  { shape, in: place }: RouteParameter,
): SchemaObject {
  const schema = scope.valueOf(type);
  if (typeof shape === 'string') return place === 'path' ? withoutEmpty(schema) : schema;
  const isList = schema.type === 'array' || (schema.$ref !== undefined && isListType(scope, type));
  return isList ? schema : { type: 'array', items: schema };
}

/** An empty path segment would be another path. */
function withoutEmpty(schema: SchemaObject): SchemaObject {
  return schema.type === 'string' &&
    !schema.enum &&
    schema.const === undefined &&
    schema.pattern === undefined
    ? { ...schema, minLength: Math.max(1, schema.minLength ?? 0) }
    : schema;
}

function isListType(scope: SchemaScope, key: string): boolean {
  const type = scope.contract.types[key];
  return type?.kind === 'simple' && type.variety.kind === 'list';
}

function isEmptyArray(value: JsonValue): boolean {
  return Array.isArray(value) && value.length === 0;
}
