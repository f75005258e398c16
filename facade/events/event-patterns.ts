import type { QueueTopology } from '../../connectors/index.ts';
import type { EventsConfig } from '../config/events-config.ts';

/** Names of events that somebody is to hear of, by streams or webhooks; each once. */
export function patternsOf({ stream, webhooks }: EventsConfig): readonly string[] {
  const ofStreams = stream?.rules.map(({ event }) => event) ?? [];
  return [...new Set([...ofStreams, ...Object.values(webhooks).flatMap(({ events }) => events)])];
}

/** Attempts of an event that no process could take, and of one that ends each that tries. */
const RETRY_DELAYS_MS = [1000, 10_000, 60_000, 600_000];
const DELIVERY_LIMIT = 100;

/** The queue at the broker in which those events wait; undefined where nobody is to hear of any. */
export function inboxQueueOf(events: EventsConfig, exchange: string): QueueTopology | undefined {
  const patterns = patternsOf(events);
  if (patterns.length === 0) return undefined;
  return {
    name: events.queue,
    type: 'quorum',
    bindings: patterns.map((pattern) => ({ exchange, pattern })),
    retryDelaysMs: RETRY_DELAYS_MS,
    deliveryLimit: DELIVERY_LIMIT,
  };
}
