import { BusError } from './bus-error.ts';
import {
  assertPublishable,
  warnOfUndelivered,
  type BusEvent,
  type EventBus,
  type EventHandler,
  type UndeliveredListener,
} from './event-bus.ts';
import { matchesTopic } from './topic-pattern.ts';

export interface InProcessBusOptions {
  /** Default: a process warning. */
  readonly onUndelivered?: UndeliveredListener;
}

interface Subscriber {
  readonly pattern: string;
  readonly handler: EventHandler;
}

/** The bus of a single process, with nothing to install. Events not yet handled when it ends are lost. */
export function createInProcessBus(options: InProcessBusOptions = {}): EventBus {
  const onUndelivered = options.onUndelivered ?? warnOfUndelivered;
  const subscribers = new Set<Subscriber>();
  let isOpen = true;
  const assertOpen = (): void => {
    if (!isOpen) throw new BusError('CLOSED', 'the bus is closed', { mayHaveBeenPublished: false });
  };
  return {
    publish: async (event) => {
      assertOpen();
      assertPublishable(event);
      for (const subscriber of subscribers) {
        if (!matchesTopic(subscriber.pattern, event.event)) continue;
        // The publisher never waits for, nor fails with, those who listen.
        setImmediate(() => {
          if (subscribers.has(subscriber)) void deliver(subscriber.handler, event, onUndelivered);
        });
      }
    },
    subscribe: async (pattern, handler) => {
      assertOpen();
      const subscriber = { pattern, handler };
      subscribers.add(subscriber);
      return {
        close: async () => {
          subscribers.delete(subscriber);
        },
      };
    },
    isConnected: () => isOpen,
    close: async () => {
      isOpen = false;
      subscribers.clear();
    },
  };
}

/** Twice at most, as from a broker that delivers again what was not acknowledged. */
async function deliver(
  handler: EventHandler,
  event: BusEvent,
  onUndelivered: UndeliveredListener,
): Promise<void> {
  for (let isLast = false; ; isLast = true) {
    try {
      await handler(event);
      return;
    } catch (error) {
      if (!isLast) continue;
      onUndelivered(error instanceof Error ? error : new Error(String(error)), event);
      return;
    }
  }
}
