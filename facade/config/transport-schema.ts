import type { ConfigSchema } from './portico-schema.ts';
import { record, text } from './schema-parts.ts';

/** Keys of a service that say by what its messages go. */
export const transportKeys: Readonly<Record<string, ConfigSchema>> = {
  transport: {
    description:
      'SOAP over HTTP, or over the broker of `bus.url`, see [SOAP over AMQP](bus.md#soap-over-amqp). `amqp` needs `amqp`.',
    type: 'string',
    enum: ['http', 'amqp'],
    default: 'http',
  },
  amqp: record('Where requests go with the transport `amqp`: `queue`, or `exchange` and `routingKey`.', {
    queue: text('Name of the queue that the service reads.'),
    exchange: text('An exchange that others have made; it is only looked for.'),
    routingKey: text('Routing key in it.'),
  }),
};
