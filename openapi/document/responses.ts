import type { FaultMessage, JsonValue, Operation } from '../../wsdl/index.ts';
import type { Route } from '../route.ts';
import { toElementSchema } from '../schema/element.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import { toMessageSchema } from '../schema/message.ts';
import { NO_OMISSIONS, type SchemaScope } from '../schema/scope.ts';
import { KEY_STATUS, REPLAYED_HEADERS } from './idempotency.ts';
import type { Reference, ResponseObject } from './open-api-document.ts';
import {
  COMMON_STATUSES,
  commonResponseName,
  headersOf,
  PROBLEM,
  PROBLEM_MEDIA_TYPE,
  toFaultProblemSchema,
} from './problems.ts';

/** Registers the schema of a fault's problem. @returns the reference to it. */
export type FaultProblems = (fault: FaultMessage, schema: SchemaObject) => SchemaObject;

type Responses = Record<string, ResponseObject | Reference>;

export function toResponses(
  scope: SchemaScope,
  operation: Operation,
  route: Route,
  example: JsonValue | undefined,
  faultProblems: FaultProblems,
): Responses {
  return {
    [route.status]: toSuccess(scope, operation, route, example),
    ...(route.cache && {
      '304': { description: 'The answer has not changed since `If-None-Match`.', headers: CACHE_HEADERS },
    }),
    ...toFailures(scope, operation, route, faultProblems),
  };
}

/** OpenAPI 3.1, 4.8.14.4: bytes as they are need no schema. */
export const BINARY: Record<string, object> = { 'application/octet-stream': {} };

const CACHE_HEADERS = {
  ETag: { $ref: '#/components/headers/ETag' },
  'Cache-Control': { $ref: '#/components/headers/CacheControl' },
};

const PAGE_LINKS = {
  description: 'The pages `first`, `prev` and `next`, as far as there are such (RFC 8288).',
  schema: { type: 'string' as const },
};

const DEPRECATION_HEADERS = {
  Deprecation: {
    description: 'Since when this is deprecated (RFC 9745).',
    schema: { type: 'string' as const },
  },
};

function toSuccess(
  scope: SchemaScope,
  { output }: Operation,
  { cache, binary, idempotency, paging, deprecated }: Route,
  example: JsonValue | undefined,
): ResponseObject {
  const headers = {
    ...(paging && { Link: PAGE_LINKS }),
    ...(deprecated && DEPRECATION_HEADERS),
    ...(cache && CACHE_HEADERS),
    ...(idempotency && REPLAYED_HEADERS),
  };
  const described = Object.keys(headers).length > 0 ? { headers } : {};
  if (!output) return { description: 'Accepted; the operation has no answer.', ...described };
  const media = {
    schema: toMessageSchema(scope, output, NO_OMISSIONS),
    ...(example !== undefined && { example }),
  };
  return {
    description: 'The answer of the service.',
    ...described,
    content: { 'application/json': media, ...(binary?.response && BINARY) },
  };
}

function toFailures(
  scope: SchemaScope,
  operation: Operation,
  route: Route,
  faultProblems: FaultProblems,
): Responses {
  const statuses = new Set([...statusesOf(route), ...route.faults.map(({ status }) => status)]);
  const responses = [...statuses]
    .sort((left, right) => left - right)
    .map((status): [string, ResponseObject | Reference] => {
      const faults = route.faults.filter((fault) => fault.status === status);
      const typed = faults.flatMap((routed) => {
        const declared = operation.faults.find(({ name }) => name === routed.name);
        if (!declared) return [];
        return [
          faultProblems(
            declared,
            toFaultProblemSchema(declared, routed, toElementSchema(scope, declared.detail)),
          ),
        ];
      });
      return [
        String(status),
        typed.length > 0 ? toTypedFailure(route, status, faults, typed) : toCommonFailure(status),
      ];
    });
  return Object.fromEntries(responses);
}

/** 400 only where there is input, 409 only where there may be a key. */
function statusesOf(route: Route): number[] {
  const hasKey = route.idempotency !== undefined;
  const takesInput = route.hasBody || route.parameters.length > 0 || hasKey;
  return COMMON_STATUSES.filter(
    (status) => (status !== 400 || takesInput) && (status !== KEY_STATUS || hasKey),
  );
}

function toCommonFailure(status: number): Reference {
  return { $ref: `#/components/responses/${commonResponseName(status)}` };
}

function toTypedFailure(
  route: Route,
  status: number,
  faults: Route['faults'],
  typed: SchemaObject[],
): ResponseObject {
  const problem: SchemaObject = { $ref: `#/components/schemas/${PROBLEM}` };
  const anyOf = statusesOf(route).includes(status) ? [...typed, problem] : typed;
  const [only, ...others] = anyOf;
  return {
    description: `The service says: ${faults.map(({ code }) => `\`${code}\``).join(', ')}.`,
    ...headersOf(status),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: only && others.length === 0 ? only : { anyOf } } },
  };
}
