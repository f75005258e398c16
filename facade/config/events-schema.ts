import type { ConfigSchema } from './portico-schema.ts';
import { integer, names, record, secret, seconds, text } from './schema-parts.ts';

const PATTERN = 'Its name; `*` stands for one word between dots, `#` for any number.';

const rule = record(
  'Whose an event is: theirs whose claims equal its members, all of them.',
  {
    event: { description: PATTERN, type: 'string', minLength: 1, examples: ['transfer.*'] },
    match: {
      description:
        'Members of the event, `subject`, `data.<member>` or an attribute, and the claim of the token that each must equal: `token.<claim>`.',
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^token\\..+$' },
      examples: [{ 'data.customerId': 'token.sub' }, { customer: 'token.sub' }],
    },
    issuer: text('Whose tokens; needed where there are several issuers, who may call two people the same.'),
    scopes: { ...names('Scopes that a token must have, all of them.'), examples: [['transfers:read']] },
  },
  ['event', 'match'],
);

const stream = record(
  'Streams of events (Server-Sent Events): each client gets its own.',
  {
    path: {
      description: 'Their path.',
      type: 'string',
      pattern: '^/[A-Za-z0-9/._~-]+$',
      default: '/v1/events',
    },
    rules: {
      description: 'Whose which events are. An event that fits no rule is shown to nobody.',
      type: 'array',
      items: rule,
      minItems: 1,
    },
    perPrincipal: integer('Streams that one principal may have open at a time, in each process.', 1, 1000, 5),
    concurrent: integer('Streams of all principals together, in each process.', 1, 1_000_000, 10_000),
    heartbeatSeconds: seconds('From one sign of life to the next while nothing happens.', 15),
    retrySeconds: seconds('How long clients are told to wait before they come back.', 3, 300),
    stallSeconds: seconds(
      'A client that takes nothing for so long is cut off; it may resume where it was.',
      20,
      300,
    ),
  },
  ['rules'],
);

const webhook = record(
  'One webhook (Standard Webhooks): events are posted to it, signed, until it takes them.',
  {
    url: {
      description: 'Where to. Plain HTTP is refused outside `allowedNetworks`.',
      type: 'string',
      pattern: '^https?://',
      examples: ['https://ledger.example/hooks/bank'],
    },
    events: {
      description: `Which events. ${PATTERN}`,
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      examples: [['transfer.*']],
    },
    secrets: {
      description:
        'One secret, or two while one replaces the other, each `whsec_` and base64 of 24 to 64 bytes; deliveries are signed with all of them.',
      type: 'array',
      items: secret('Signs the deliveries.'),
      minItems: 1,
    },
    allowedNetworks: {
      ...names(
        'Addresses or networks that may be called though they are not public. By default none of loopback, private, link-local and other special ranges is.',
      ),
      examples: [['10.20.0.0/16']],
    },
    timeoutSeconds: seconds('Longest time for one attempt.', 15, 60),
    retrySeconds: {
      description:
        'Waits before the second, third ... attempt; after the last one a delivery is dead. Up to a tenth is added at random.',
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: 604_800 },
      minItems: 1,
      default: [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400],
    },
    concurrent: integer('Deliveries to it at a time, in each process.', 1, 1000, 4),
  },
  ['url', 'events', 'secrets'],
);

/** `events`. */
export const eventsSchema: ConfigSchema = record(
  'Events out and in, see [events](events.md). Routes say by `publish` what they tell.',
  {
    unrouted: {
      description:
        'What becomes of an event that no queue of the broker takes: it is kept in the outbox and tried again, or it counts as published.',
      type: 'string',
      enum: ['keep', 'drop'],
      default: 'keep',
    },
    queue: text(
      'Queue at the broker in which events for streams and webhooks wait, shared by all processes. Not used without either.',
      'portico.events.inbox',
    ),
    stream,
    webhooks: {
      description: 'Webhooks, by name.',
      type: 'object',
      propertyNames: { pattern: '^[a-z][a-z0-9-]{0,62}$' },
      additionalProperties: webhook,
      default: {},
    },
  },
);
