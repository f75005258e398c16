import { consumersSchema } from './consumers-schema.ts';
import type { ConfigSchema } from './portico-schema.ts';
import { integer, names, record, seconds, text } from './schema-parts.ts';
import { tlsSchema } from './service-policies.ts';

const brokerUrl = (description: string): ConfigSchema => ({
  description,
  type: 'string',
  pattern: '^amqps?://',
  examples: ['amqp://user:secret@rabbitmq:5672'],
});

const connection = record('Connections to the broker: one that publishes, and one that consumes.', {
  connectTimeoutSeconds: seconds('Longest time to make one.', 5, 60),
  heartbeatSeconds: seconds('A broker that says nothing for twice as long is taken for dead.', 10, 300),
  tls: tlsSchema('TLS towards the broker, of `amqps` URLs.'),
});

const buffer = record(
  'What may wait at the same time to be sent and confirmed. Beyond it messages are refused, and nothing grows.',
  {
    messages: integer('Messages.', 1, 1_000_000, 10_000),
    bytes: integer('Bytes of their bodies.', 1024, 4_294_967_296, 67_108_864),
  },
);

export const busSchema: ConfigSchema = record(
  'Where events are published and commands are taken from, see [the bus](bus.md).',
  {
    url: brokerUrl('Address of a RabbitMQ server (3.10 or newer). Without it the bus lives in this process.'),
    urls: {
      description: 'Several addresses of one cluster, tried in turn, in place of `url`.',
      type: 'array',
      items: { type: 'string', pattern: '^amqps?://' },
      minItems: 1,
      uniqueItems: true,
    },
    exchange: text('Topic exchange of events.', 'portico.events'),
    exchanges: names('Further topic exchanges.'),
    deadLetterExchange: text(
      'Topic exchange for messages that are given up, with the name of their queue as routing key.',
      'portico.dead',
    ),
    topology: {
      description:
        '`declare`: Portico makes the exchanges and queues that are missing. `check`: others make them, and one that is missing is an error.',
      type: 'string',
      enum: ['declare', 'check'],
      default: 'declare',
    },
    connection: { ...connection, default: {} },
    waitSeconds: seconds(
      'How long a message waits for a broker that is away, if its deadline is not sooner.',
      5,
      300,
    ),
    buffer: { ...buffer, default: {} },
    consumers: consumersSchema,
  },
);
