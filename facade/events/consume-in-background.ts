import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { BusError, type Consumer, type DeliveryHandler, type MessageBus } from '../../connectors/index.ts';

/** A consumer that begins as soon as the broker lets it. */
export interface BackgroundConsumer {
  close(): Promise<void>;
}

const AT_ONCE = 64;
const RETRY_MS = 2000;

/** A broker that is away now does not keep the facade from starting. */
export function consumeInBackground(
  messages: MessageBus,
  queue: string,
  handler: DeliveryHandler,
  logger: Pick<Logger, 'warn'>,
): BackgroundConsumer {
  const closed = new AbortController();
  const begin = async (): Promise<Consumer | undefined> => {
    while (!closed.signal.aborted) {
      try {
        return await messages.consume(queue, { prefetch: AT_ONCE }, handler);
      } catch (error) {
        if (error instanceof BusError && error.code === 'CLOSED') return undefined;
        logger.warn({ queue, err: error }, 'Events cannot be taken from the bus yet; it is tried again');
        await sleep(RETRY_MS, undefined, { signal: closed.signal, ref: false }).catch(() => undefined);
      }
    }
    return undefined;
  };
  const consumer = begin();
  return {
    async close() {
      closed.abort();
      await (await consumer)?.close();
    },
  };
}
