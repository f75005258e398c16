import type { ConfigSchema } from './portico-schema.ts';

const KEY = '^(required|optional|off)$';

const member = (description: string): ConfigSchema => ({ description, type: 'string', minLength: 1 });

const settle: ConfigSchema = {
  description:
    'A query of the same service that tells whether a call with an unknown outcome was carried out. Its output is then the answer, and must have the same members.',
  type: 'object',
  additionalProperties: false,
  required: ['operation', 'input'],
  properties: {
    operation: member('Operation of the WSDL.'),
    input: {
      description:
        'Members of its input, by dotted path: `input.x`, a member of the call, `idempotency.key` or `{ const: value }`.',
      type: 'object',
      additionalProperties: {
        type: ['string', 'object'],
        pattern: '^(input\\..+|idempotency\\.key)$',
        required: ['const'],
        additionalProperties: false,
        properties: { const: { type: ['string', 'number', 'boolean'] } },
      },
      examples: [{ customerId: 'input.customerId', requestId: 'idempotency.key' }],
    },
    notFound: member('Declared fault of the query that says that nothing was carried out.'),
    found: member('Member of the output that is missing if nothing was carried out.'),
    afterSeconds: {
      description:
        'How long after it was sent a call may still be carried out. Sooner, "nothing was carried out" is not believed. At least `timeoutSeconds` of the service.',
      type: 'integer',
      minimum: 1,
      maximum: 86_400,
      default: 60,
    },
  },
};

/** `idempotency` of a route (RouteMapping). */
export const idempotencySchema: ConfigSchema = {
  description:
    'What an `Idempotency-Key` means, see [idempotency](idempotency.md): `required`, `optional` (the default, but for GET), `off`, or an object.',
  type: ['string', 'object'],
  pattern: KEY,
  additionalProperties: false,
  properties: {
    key: {
      description: '`required`, `optional` or `off`.',
      type: 'string',
      pattern: KEY,
      default: 'optional',
    },
    deduplicates: {
      description:
        'The service does only once what has the same `idempotency.key` in its input, so that a call with an unknown outcome may be sent again.',
      type: 'boolean',
      default: false,
    },
    settle,
  },
};
