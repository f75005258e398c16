import { routeCacheSchema, tags } from './cache-schema.ts';
import { routeRateLimitSchema } from './rate-limit-schema.ts';
import { deprecatedSchema, pagingSchema } from './paging-schema.ts';
import { expiresAfterSchema } from './deferred-schema.ts';
import { idempotencySchema } from './idempotency-schema.ts';
import { publishSchema } from './publish-schema.ts';
import type { ConfigSchema } from './portico-schema.ts';

const text = (description: string): ConfigSchema => ({ description, type: 'string', minLength: 1 });
const status = (description: string, minimum: number, maximum: number): ConfigSchema => ({
  description,
  type: 'integer',
  minimum,
  maximum,
});

/** RFC 6749, 3.3. */
const SCOPE = '^[!#-\\[\\]-~]+$';

/** A row of `services.<name>.routes` (RouteMapping). Names of operations, members and faults are checked against the contract later. */
export const routeSchema: ConfigSchema = {
  description: 'One route: a REST method and path for an operation.',
  type: 'object',
  additionalProperties: false,
  required: ['operation', 'method', 'path'],
  properties: {
    operation: text('Operation of the WSDL; a number follows the name from the second overload on.'),
    port: text('Port, where it must differ from that of the service.'),
    method: { description: 'HTTP method.', type: 'string', enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    path: {
      description: 'Path template.',
      type: 'string',
      pattern: '^/',
      examples: ['/v1/accounts/{accountId}'],
    },
    operationId: text('OpenAPI operationId. Default: the operation in camelCase, made unique.'),
    summary: text("One line for the API's readers."),
    tags: { description: 'OpenAPI tags.', type: 'array', items: { type: 'string', minLength: 1 } },
    scopes: {
      description: 'Scopes that a token must have, all of them. Default: any valid token will do.',
      type: 'array',
      items: { type: 'string', pattern: SCOPE },
    },
    input: {
      description:
        'Where members of the input come from, by dotted path: `path.x`, `query.x`, `header.x`, `token.claim` (also nested: `token.act.sub`), `idempotency.key` or `{ const: value }`.',
      type: 'object',
      additionalProperties: {
        type: ['string', 'object'],
        pattern: '^((path|query|header|token)\\..+|idempotency\\.key)$',
        required: ['const'],
        additionalProperties: false,
        properties: { const: { type: ['string', 'number', 'boolean'] } },
      },
      examples: [{ customerId: 'token.sub', from: 'query.from' }],
    },
    binary: {
      description:
        'Binary members, by dotted path, that may be a whole body: of a request sent as `application/octet-stream`, of an answer asked for as such. Default: the only binary member of the input, and the only member of the output.',
      type: 'object',
      additionalProperties: false,
      properties: {
        request: text('Member of the input; the others then come from parameters.'),
        response: text('Member of the output; the others are not sent.'),
      },
      examples: [{ request: 'document', response: 'document' }],
    },
    sensitive: {
      description:
        'Members of input or output, by dotted path, that are masked wherever a message is written down; a path through a list means each of its entries.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
      examples: [['payee.account', 'items.note']],
    },
    status: status('Status of success. Default: 200, or 202 for a one-way operation.', 200, 299),
    faults: {
      description: 'Status by name of a declared fault. Default: by the rule on names.',
      type: 'object',
      additionalProperties: status('Status.', 400, 599),
    },
    cache: routeCacheSchema,
    invalidates: {
      ...tags(
        'Kept answers with these tags are forgotten once the call may have been carried out. Not for GET.',
      ),
      examples: [['account:{from}', 'account:{to}']],
    },
    rateLimit: routeRateLimitSchema,
    idempotency: idempotencySchema,
    mode: {
      description:
        'When a write is carried out, see [commands](commands.md): `sync`, while the client waits; `async`, later: the client gets 202 and asks for the outcome at `/v1/operations/{id}`; `either`, later if the client says `Prefer: respond-async`. Later means that the input is stored. Default: `sync`.',
      type: 'string',
      enum: ['sync', 'async', 'either'],
    },
    expiresAfterSeconds: expiresAfterSchema(
      'How long an operation is tried that is carried out later. Default: `commands.deferred.expiresAfterSeconds`.',
    ),
    paging: pagingSchema,
    deprecated: deprecatedSchema,
    safe: {
      description:
        'Sending it twice does no harm, so Portico may repeat it after a failure. Default: true for GET, otherwise false.',
      type: 'boolean',
    },
    publish: publishSchema,
  },
};
