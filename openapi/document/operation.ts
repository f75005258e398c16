import type { JsonValue, Operation } from '../../wsdl/index.ts';
import type { Route } from '../route.ts';
import { needsMembers, toMessageSchema } from '../schema/message.ts';
import type { SchemaScope } from '../schema/scope.ts';
import { omitMembers } from './examples.ts';
import { omissionsOf } from './omissions.ts';
import type { OperationObject, RequestBodyObject, SecurityRequirement } from './open-api-document.ts';
import { toParameters } from './parameters.ts';
import { BINARY } from './responses.ts';

/** What an operation says of its requests; `example` is of its whole input. */
export function toRequest(
  scope: SchemaScope,
  operation: Operation,
  route: Route,
  operationId: string,
  example: JsonValue | undefined,
  secure: (scopes: readonly string[]) => SecurityRequirement[],
): Omit<OperationObject, 'responses'> {
  const parameters = toParameters(scope, operation, route, example);
  const { documentation } = route;
  return {
    operationId,
    summary: route.summary ?? operationId,
    ...(route.deprecated && { deprecated: true }),
    ...(documentation !== undefined && { description: documentation }),
    tags: [...route.tags],
    ...(route.scopes.length > 0 && { security: secure(route.scopes) }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.hasBody && { requestBody: toRequestBody(scope, operation, route, example) }),
  };
}

/** A request without a body stands for one without members, so a body is required only where it says something. */
function toRequestBody(
  scope: SchemaScope,
  operation: Operation,
  route: Route,
  example: JsonValue | undefined,
): RequestBodyObject {
  const omissions = omissionsOf(route);
  const schema = toMessageSchema(scope, operation.input, omissions);
  const media = { schema, ...(example !== undefined && { example: omitMembers(example, omissions) }) };
  return {
    required: needsMembers(scope, operation.input, omissions),
    content: { 'application/json': media, ...(route.binary?.request && BINARY) },
  };
}
