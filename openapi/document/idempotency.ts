import type { Route, RouteIdempotency } from '../route.ts';
import type { HeaderObject, ParameterObject } from './open-api-document.ts';

/** Names of the shared parameters, by whether the key is required. */
export const KEY_NAMES: Readonly<Record<RouteIdempotency['key'], string>> = {
  required: 'IdempotencyKey',
  optional: 'OptionalIdempotencyKey',
};

/** What a client finds out only by its key. */
export const KEY_STATUS = 409;

const REPLAYED: HeaderObject = {
  description: 'The answer is that to the first request with this `Idempotency-Key`; nothing was done now.',
  schema: { type: 'string', enum: ['true'] },
};

export const REPLAYED_HEADERS: Readonly<Record<string, object>> = {
  'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' },
};

/** Those that some route refers to. */
export function toKeyParameters(routes: readonly Route[]): Record<string, ParameterObject> {
  const kinds = new Set(routes.flatMap(({ idempotency }) => idempotency?.key ?? []));
  return Object.fromEntries(
    [...kinds].sort().map((kind) => [KEY_NAMES[kind], toKeyParameter(kind === 'required')]),
  );
}

export function toKeyHeaders(routes: readonly Route[]): Record<string, HeaderObject> {
  return routes.some(({ idempotency }) => idempotency) ? { IdempotencyReplayed: REPLAYED } : {};
}

function toKeyParameter(required: boolean): ParameterObject {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required,
    description:
      'Names this request: when it is repeated with the same key, it is not carried out again, and gets the first answer. A new UUID for each new request.',
    schema: { type: 'string', minLength: 1, maxLength: 257 },
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  };
}
