import type { EventBus } from '../bus/event-bus.ts';
import { createEventBus, topologyOfEvents, type EventBusOptions } from '../bus/message-event-bus.ts';
import { createAmqpMessageBus } from './amqp-message-bus.ts';

export interface AmqpBusOptions extends EventBusOptions {
  /** `amqp[s]://user:password@host:port/vhost`; its password appears in no error and no log. */
  readonly url: string;
}

/**
 * Events on RabbitMQ: persistent CloudEvents on a durable topic exchange. Subscriptions come back with the connection, and
 * hear what was published in between, if that is less than a minute.
 * @throws TypeError for a URL that is none.
 */
export function createAmqpBus(options: AmqpBusOptions): EventBus {
  const { url, exchange, timeoutMs } = options;
  const bus = createAmqpMessageBus({
    urls: [url],
    topology: topologyOfEvents(exchange),
    ...(timeoutMs !== undefined && { waitMs: timeoutMs }),
  });
  const events = createEventBus(bus, options);
  return {
    publish: (event) => events.publish(event),
    subscribe: (pattern, handler) => events.subscribe(pattern, handler),
    isConnected: () => events.isConnected(),
    close: async () => {
      await events.close();
      await bus.close();
    },
  };
}
