import type { ConfigSchema } from './portico-schema.ts';
import { integer, record, text } from './schema-parts.ts';

/** Portico's own queues stand behind it, by its name and more; AMQP allows 255 bytes (0-9-1, 3.1.3.1). */
const QUEUE_NAME = '^[A-Za-z0-9_.:-]{1,200}$';

const principal: ConfigSchema = record(
  "Who sends every message in this queue, instead of a token in each: whoever the broker's permissions let write to it. A message that brings a token all the same is refused.",
  {
    subject: text('Its name, for members bound to `token.sub`, and for limits.'),
    scopes: {
      description: 'What it may do.',
      type: 'array',
      items: { type: 'string', pattern: '^[!#-\\[\\]-~]+$' },
      default: [],
    },
    claims: {
      description: 'For members bound to other claims.',
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      default: {},
      examples: [{ branch: 'B-100' }],
    },
  },
  ['subject'],
);

const bindings: ConfigSchema = {
  description: 'What the queue gets besides messages that are sent to it by its name.',
  type: 'array',
  items: record(
    'One binding.',
    {
      exchange: text('Topic exchange.'),
      pattern: text('Pattern of routing keys: `*` is one word, `#` any number.'),
    },
    ['exchange', 'pattern'],
  ),
  default: [],
};

export const consumersSchema: ConfigSchema = {
  description: 'Queues whose messages are commands, see [the bus](bus.md).',
  type: 'array',
  items: record(
    'One queue.',
    {
      queue: {
        description: 'Its name.',
        type: 'string',
        pattern: QUEUE_NAME,
        examples: ['bank.commands'],
      },
      operations: {
        description:
          'What may be asked for there, by operationId, or `<service>.<operationId>` where two services share one.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        uniqueItems: true,
        examples: [['createTransfer', 'getTransfer']],
      },
      principal,
      concurrency: integer('Most messages that are at work in one process.', 1, 1000, 20),
      retrySeconds: {
        description:
          'How long a message waits before its second, third ... attempt, if what it needs is away; after the last it goes to the dead-letter queue.',
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: 86_400 },
        default: [1, 5, 30, 120, 600],
      },
      type: {
        description: 'Kind of the queue. Quorum queues outlive the loss of a node.',
        type: 'string',
        enum: ['quorum', 'classic'],
        default: 'quorum',
      },
      bindings,
    },
    ['queue', 'operations'],
  ),
  default: [],
};
