import type { QueueTopology } from './bus-topology.ts';
import type { Delivery, MessageHeaders, Settlement } from './message.ts';

/** The headers in which a message carries its own history, for every broker the same. */
export const HISTORY = {
  attempt: 'portico-attempt',
  exchange: 'portico-exchange',
  routingKey: 'portico-routing-key',
  reason: 'portico-reason',
  queue: 'portico-queue',
  time: 'portico-time',
} as const;

const LONGEST_REASON = 1000;

/** Where a message goes that its consumer did not acknowledge. */
export type NextPlace =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly headers: MessageHeaders }
  | { readonly kind: 'dead'; readonly headers: MessageHeaders };

/** A retry past the last delay is the end. */
export function nextPlaceOf(
  delivery: Delivery,
  settlement: Exclude<Settlement, { kind: 'ack' }>,
  { name, retryDelaysMs }: QueueTopology,
): NextPlace {
  const { attempt, exchange, routingKey, properties } = delivery;
  const reason = settlement.reason.slice(0, LONGEST_REASON);
  const headers = {
    ...properties.headers,
    [HISTORY.exchange]: exchange,
    [HISTORY.routingKey]: routingKey,
    [HISTORY.reason]: reason,
  };
  const delayMs = settlement.kind === 'retry' ? retryDelaysMs[attempt - 1] : undefined;
  if (delayMs !== undefined)
    return { kind: 'retry', delayMs, headers: { ...headers, [HISTORY.attempt]: attempt + 1 } };
  return {
    kind: 'dead',
    headers: {
      ...headers,
      [HISTORY.attempt]: attempt,
      [HISTORY.queue]: name,
      [HISTORY.time]: new Date().toISOString(),
    },
  };
}

/** What its headers say of a message: where it was published, how often it was tried, how it died. */
export function historyOf(
  headers: MessageHeaders = {},
): Pick<Delivery, 'attempt' | 'death'> & Partial<Pick<Delivery, 'exchange' | 'routingKey'>> {
  const text = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const counted = headers[HISTORY.attempt];
  const attempt = typeof counted === 'number' && counted >= 1 ? counted : 1;
  const [exchange, routingKey] = [text(HISTORY.exchange), text(HISTORY.routingKey)];
  const [queue, reason, time] = [text(HISTORY.queue), text(HISTORY.reason), text(HISTORY.time)];
  const death =
    queue !== undefined && reason !== undefined ? { queue, reason, attempts: attempt } : undefined;
  return {
    attempt,
    ...(exchange !== undefined && { exchange }),
    ...(routingKey !== undefined && { routingKey }),
    ...(death && { death: { ...death, ...(time !== undefined && { time }) } }),
  };
}

/** The headers without the history: for a message that begins anew. */
export function withoutHistory(headers: MessageHeaders = {}): MessageHeaders {
  const own: ReadonlySet<string> = new Set(Object.values(HISTORY));
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !own.has(name) && !/^x-(death|first-death-|delivery-count)/.test(name),
    ),
  );
}

/** The headers of a message that begins anew, and still says where it was published first. */
export function headersAnew({ exchange, routingKey, properties }: Delivery): MessageHeaders {
  return {
    ...withoutHistory(properties.headers),
    [HISTORY.exchange]: exchange,
    [HISTORY.routingKey]: routingKey,
  };
}
