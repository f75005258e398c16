import type { Logger } from 'pino';
import { BusError, type BusEvent, type EventBus } from '../../../connectors/index.ts';
import type { RouteTag } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import type { EventInvalidation } from '../../config/config.ts';
import type { ResponseCache } from './response-cache.ts';
import { parseTag, tagsOf } from './tags-of.ts';

const RETRY_MS = 1000;

/**
 * Forgets kept answers when the bus tells that what they say has changed. Subscribes in the background: a bus that is away now does
 * not keep the facade from starting, and what it would have told meanwhile is kept no longer than its time.
 */
export function forgetOnEvents(
  bus: EventBus,
  invalidations: readonly EventInvalidation[],
  cache: Pick<ResponseCache, 'forget'>,
  logger: Logger,
): void {
  for (const { event, tags } of invalidations) {
    const parsed = tags.map(parseTag);
    const listen = async (): Promise<void> => {
      try {
        await bus.subscribe(event, async (received) => {
          const known = tagsOf(parsed, valueOf(received, parsed));
          if (known.length > 0) await cache.forget(known);
        });
      } catch (error) {
        if (error instanceof BusError && error.code === 'CLOSED') return;
        logger.warn({ event, err: error }, 'The cache cannot hear of changes yet; it is tried again');
        setTimeout(() => void listen(), RETRY_MS).unref();
      }
    };
    void listen();
  }
}

/** The data are parsed only for tags that need them. */
function valueOf({ subject, data }: BusEvent, tags: readonly RouteTag[]): JsonValue {
  const needsData = tags.some((parts) =>
    parts.some((part) => part[0] === 'data' && typeof part !== 'string'),
  );
  return {
    ...(subject !== undefined && { subject }),
    ...(needsData && { data: JSON.parse(Buffer.from(data).toString()) as JsonValue }),
  };
}
