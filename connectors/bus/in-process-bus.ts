import type { EventBus, UndeliveredListener } from './event-bus.ts';
import { createInProcessMessageBus } from './in-process-message-bus.ts';
import { createEventBus, topologyOfEvents } from './message-event-bus.ts';

export interface InProcessBusOptions {
  /** Default: a process warning. */
  readonly onUndelivered?: UndeliveredListener;
}

const EXCHANGE = 'portico.events';

/** Events within a single process, with nothing to install. Those not yet handled when it ends are lost. */
export function createInProcessBus(options: InProcessBusOptions = {}): EventBus {
  const bus = createInProcessMessageBus({ topology: topologyOfEvents(EXCHANGE) });
  const events = createEventBus(bus, { exchange: EXCHANGE, ...options });
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
