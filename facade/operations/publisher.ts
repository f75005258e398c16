import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { EventBus } from '../../connectors/index.ts';
import type { Route } from '../../openapi/index.ts';

/** Tells the bus of operations that succeeded. */
export interface Publisher {
  /**
   * Starts publishing if the route asks for it, and returns at once: the client does not wait for the bus, and its answer,
   * which says that the service did the work, stays a success when the bus fails. That is logged as an error.
   */
  publish(route: Route, json: Uint8Array, requestId: string): void;
}

export function createPublisher(
  bus: EventBus,
  logger: Logger,
  track: (work: Promise<void>) => void,
): Publisher {
  return {
    publish({ publish }, json, requestId) {
      if (publish === undefined) return;
      const { event } = publish;
      const id = randomUUID();
      const work = bus
        .publish({ event, id, data: json, time: new Date().toISOString(), requestId })
        .catch((error: unknown) => {
          logger.error(
            { requestId, event, eventId: id, err: error },
            'The event was not published; the operation itself succeeded',
          );
        });
      track(work);
    },
  };
}
