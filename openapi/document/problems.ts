import type { FaultMessage } from '../../wsdl/index.ts';
import type { RouteFault } from '../route.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import type { ResponseObject } from './open-api-document.ts';
import type { ProblemKind } from './options.ts';

export const PROBLEM = 'Problem';
const INPUT_FAULT = 'InputFault';
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What any operation may answer with, whatever its contract declares. 404 is not among them: the path is known. */
const COMMON_RESPONSES: readonly (readonly [status: number, name: string, description: string])[] = [
  [400, 'BadRequest', 'The request does not fit the contract; `errors` names each fault.'],
  [401, 'Unauthorized', 'There is no valid token.'],
  [403, 'Forbidden', 'The token does not allow this.'],
  [
    409,
    'Conflict',
    'The first request with this `Idempotency-Key` is in progress, or its outcome is unknown.',
  ],
  [422, 'Unprocessable', 'The service refused the request, or the `Idempotency-Key` stands for another one.'],
  [429, 'TooManyRequests', 'Too many requests; wait as long as `Retry-After` says.'],
  [500, 'InternalError', 'A defect of the API.'],
  [502, 'BadGateway', 'The service failed, or its answer breaks its contract.'],
  [503, 'Unavailable', 'The service cannot be reached; try again after `Retry-After`.'],
  [504, 'GatewayTimeout', 'The service did not answer in time.'],
];

export const COMMON_STATUSES: readonly number[] = COMMON_RESPONSES.map(([status]) => status);

/** Names of the schemas that every document has. */
export const RESERVED_SCHEMAS: readonly string[] = [PROBLEM, INPUT_FAULT, 'OperationStatus'];

export function toProblemSchemas(problems: readonly ProblemKind[] | undefined): [string, SchemaObject][] {
  return [
    [PROBLEM, toProblemSchema(problems)],
    [INPUT_FAULT, INPUT_FAULT_SCHEMA],
  ];
}

/** RFC 9457, 3.1, with a `code` to switch on. */
function toProblemSchema(problems: readonly ProblemKind[] = []): SchemaObject {
  const codes = [...new Set(problems.map(({ code }) => code))].filter((code) => code !== 'declared-fault');
  return {
    type: 'object',
    description: 'What went wrong (RFC 9457).',
    properties: {
      ...STANDARD_MEMBERS,
      code: {
        type: 'string',
        description: 'The same as `type`, to switch on.',
        ...(codes.length > 0 && { enum: codes }),
      },
    },
    required: ['type', 'title', 'status', 'code'],
  };
}

const STANDARD_MEMBERS: Record<string, SchemaObject> = {
  type: { type: 'string', format: 'uri-reference', description: 'Identifies the kind of problem.' },
  title: { type: 'string', description: 'The kind of problem, for people.' },
  status: { type: 'integer', minimum: 400, maximum: 599 },
  detail: { type: 'string', description: 'What happened and what to do.' },
  instance: { type: 'string', format: 'uri-reference' },
  requestId: { type: 'string', description: 'Names this request when you report the problem.' },
  outcome: {
    type: 'string',
    enum: ['unknown'],
    description: 'After a failed write: it may have been carried out.',
  },
  path: { type: 'string', description: 'Where in its answer the service broke the contract.' },
  errors: {
    type: 'array',
    description: 'Each thing wrong with the request.',
    items: { $ref: `#/components/schemas/${INPUT_FAULT}` },
  },
};

const INPUT_FAULT_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'One thing wrong with a request: in its body, by `pointer`, or in a parameter.',
  properties: {
    pointer: { type: 'string', description: 'Place in the body (RFC 6901).' },
    parameter: { type: 'string' },
    in: { type: 'string', enum: ['path', 'query', 'header'] },
    code: { type: 'string' },
    detail: { type: 'string' },
  },
  required: ['code', 'detail'],
};

/** The problem that a declared fault becomes, with its detail under `fault`. */
export function toFaultProblemSchema(
  fault: FaultMessage,
  { status, code }: RouteFault,
  detail: SchemaObject,
): SchemaObject {
  return {
    type: 'object',
    description: fault.documentation ?? `The fault "${fault.name}" of the service.`,
    properties: {
      ...STANDARD_MEMBERS,
      status: { type: 'integer', const: status },
      code: { type: 'string', const: code },
      fault: detail,
    },
    required: ['type', 'title', 'status', 'code', 'fault'],
  };
}

export function commonResponseName(status: number): string {
  return COMMON_RESPONSES.find(([common]) => common === status)![1];
}

/** Shared responses, by name; those only that some operation refers to. */
export function toCommonResponses(isUsed: (name: string) => boolean): Record<string, ResponseObject> {
  return Object.fromEntries(
    COMMON_RESPONSES.filter(([, name]) => isUsed(name)).map(([status, name, description]) => [
      name,
      {
        description,
        ...headersOf(status),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: `#/components/schemas/${PROBLEM}` } } },
      },
    ]),
  );
}

/** What a problem of a status says in its header fields. */
export function headersOf(status: number): Pick<ResponseObject, 'headers'> {
  if (status === 401)
    return { headers: { 'WWW-Authenticate': { $ref: '#/components/headers/WwwAuthenticate' } } };
  if (status === 409 || status === 429 || status === 503)
    return { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } };
  return {};
}
