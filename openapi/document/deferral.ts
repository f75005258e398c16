import type { Route } from '../route.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import type {
  HeaderObject,
  OperationObject,
  ParameterObject,
  PathItemObject,
  ResponseObject,
} from './open-api-document.ts';
import { COMMON_STATUSES, commonResponseName, PROBLEM } from './problems.ts';

/** Name of the schema of `/v1/operations/{id}`. */
const OPERATION_STATUS = 'OperationStatus';
const PREFER_NAME = 'PreferAsync';
const PATH = '/v1/operations/{operationId}';
const TAG = 'operations';
const ACCEPTED = '202';

export const DEFERRAL_TAG: { readonly name: string; readonly description: string } = {
  name: TAG,
  description: 'Operations that are carried out later.',
};

export function hasDeferral(routes: readonly Route[]): boolean {
  return routes.some(({ deferral }) => deferral !== undefined);
}

/** The parameter by which a client says that it would rather not wait. */
export function preferParameterOf({ deferral }: Route): readonly { readonly $ref: string }[] {
  return deferral?.mode === 'either' ? [{ $ref: `#/components/parameters/${PREFER_NAME}` }] : [];
}

export function toPreferParameters(routes: readonly Route[]): Record<string, ParameterObject> {
  return routes.some(({ deferral }) => deferral?.mode === 'either') ? { [PREFER_NAME]: PREFER } : {};
}

const PREFER: ParameterObject = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description:
    '`respond-async`: do not wait (RFC 7240, 4.1). The answer is then 202, and the outcome is to be asked for at its `Location`.',
  schema: { type: 'string' },
  example: 'respond-async',
};

export function toDeferralHeaders(routes: readonly Route[]): Record<string, HeaderObject> {
  return hasDeferral(routes) ? { OperationLocation: LOCATION, PreferenceApplied: APPLIED } : {};
}

const LOCATION: HeaderObject = {
  description: 'Where to ask for the outcome: `/v1/operations/{operationId}`.',
  schema: { type: 'string', format: 'uri-reference' },
};

const APPLIED: HeaderObject = {
  description: 'What was preferred, and is done (RFC 7240, 3).',
  schema: { type: 'string' },
};

/** What a route answers that is carried out later; with `async` nothing else is a success. */
export function withDeferral<Answer extends ResponseObject | { $ref: string }>(
  { deferral, status }: Route,
  responses: Record<string, Answer | ResponseObject>,
): Record<string, Answer | ResponseObject> {
  if (deferral === undefined) return responses;
  const { [String(status)]: success, ...others } = responses;
  const atOnce = deferral.mode === 'async' || success === undefined ? {} : { [String(status)]: success };
  return { ...atOnce, [ACCEPTED]: ACCEPTED_RESPONSE, ...others };
}

const STATUS_CONTENT = {
  'application/json': { schema: { $ref: `#/components/schemas/${OPERATION_STATUS}` } },
};

const ACCEPTED_RESPONSE: ResponseObject = {
  description: 'Accepted: it is carried out later. Ask for the outcome at `Location`.',
  headers: {
    Location: { $ref: '#/components/headers/OperationLocation' },
    'Retry-After': { $ref: '#/components/headers/RetryAfter' },
    'Preference-Applied': { $ref: '#/components/headers/PreferenceApplied' },
    'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' },
  },
  content: STATUS_CONTENT,
};

export function toDeferralSchemas(routes: readonly Route[]): [string, SchemaObject][] {
  return hasDeferral(routes) ? [[OPERATION_STATUS, STATUS_SCHEMA]] : [];
}

const time = (description: string): SchemaObject => ({ type: 'string', format: 'date-time', description });

const STATUS_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'How far an operation is that is carried out later.',
  properties: {
    id: { type: 'string', format: 'uuid' },
    operation: { type: 'string', description: 'The `operationId` of what was asked for.' },
    status: {
      type: 'string',
      enum: ['accepted', 'running', 'succeeded', 'failed', 'unknown', 'cancelled'],
      description:
        '`accepted`: nothing has been done yet. `unknown`: it may have been carried out, and people find out.',
    },
    acceptedAt: time('When it was accepted.'),
    expiresAt: time('When it is given up, unless it is done by then.'),
    finishedAt: time('When it came to its end.'),
    attempts: { type: 'integer', minimum: 0 },
    reason: { type: 'string', description: 'Code of the problem for which it waits.' },
    answerStatus: {
      type: 'integer',
      description: 'The status that it would have been answered with at once.',
    },
    result: { description: 'Of one that succeeded: the answer of the operation.' },
    problem: {
      $ref: `#/components/schemas/${PROBLEM}`,
      description: 'Of one that failed: the problem that it would have been answered with at once.',
    },
  },
  required: ['id', 'operation', 'status', 'acceptedAt', 'attempts'],
};

/** `/v1/operations/{operationId}`, where any route is carried out later. */
export function toDeferralPaths(
  routes: readonly Route[],
  takeOperationId: (wanted: string) => string,
): Record<string, PathItemObject> {
  if (!hasDeferral(routes)) return {};
  return {
    [PATH]: {
      get: toOperation(takeOperationId('getOperation'), 'How far an operation is', [], {
        description: 'How far it is.',
        headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } },
        content: STATUS_CONTENT,
      }),
      delete: toOperation(
        takeOperationId('cancelOperation'),
        'Cancel an operation that has not begun',
        [409],
        {
          description: 'It is cancelled.',
          content: STATUS_CONTENT,
        },
      ),
    },
  };
}

/** Other than for what a service does, there is no body that could be off, and 404 if it is nobody's, or another's. */
const FAILURES = [401, 429, 500, 503];

function toOperation(
  operationId: string,
  summary: string,
  further: readonly number[],
  success: ResponseObject,
): OperationObject {
  const statuses = COMMON_STATUSES.filter((status) => [...FAILURES, ...further].includes(status));
  return {
    operationId,
    summary,
    tags: [TAG],
    parameters: [
      {
        name: 'operationId',
        in: 'path',
        required: true,
        description: 'The last segment of a `Location`.',
        schema: { type: 'string', format: 'uuid' },
      },
    ],
    responses: {
      '200': success,
      '404': {
        description: 'You have no such operation, or not any more.',
        content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${PROBLEM}` } } },
      },
      ...Object.fromEntries(
        statuses.map((status) => [
          String(status),
          { $ref: `#/components/responses/${commonResponseName(status)}` },
        ]),
      ),
    },
  };
}
