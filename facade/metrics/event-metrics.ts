import type { Registry } from 'prom-client';
import type { OutboxDepth } from '../commands/outbox-store.ts';
import type { EventTally } from '../events/event-tally.ts';
import { addCounter, addGauge } from './scraped-metric.ts';

/** Events out and in. `depth` asks the store; undefined where that is not to be had now. */
export function addEventMetrics(
  registry: Registry,
  tally: EventTally,
  depth: () => Promise<OutboxDepth | undefined>,
): void {
  addGauge(
    registry,
    'portico_outbox_events',
    'Events that wait to be published, of all processes.',
    async () => {
      const now = await depth();
      return now === undefined ? [] : [[{}, now.waiting]];
    },
  );
  addGauge(registry, 'portico_outbox_oldest_seconds', 'Age of the oldest of them.', async () => {
    const now = await depth();
    return now === undefined ? [] : [[{}, now.oldestMs / 1000]];
  });
  addCounter(registry, 'portico_events_published_total', 'Attempts to publish an event, by outcome.', () => [
    [{ outcome: 'published' }, tally.published],
    [{ outcome: 'deferred' }, tally.deferred],
    [{ outcome: 'refused' }, tally.refused],
  ]);
  addCounter(registry, 'portico_events_received_total', 'Events for streams and webhooks.', () => [
    [{ kind: 'new' }, tally.received],
    [{ kind: 'duplicate' }, tally.duplicates],
  ]);
  addGauge(registry, 'portico_event_streams', 'Streams that are open.', () => [[{}, tally.streams]]);
  addCounter(registry, 'portico_events_streamed_total', 'Events shown in streams.', () => [
    [{}, tally.streamed],
  ]);
  addCounter(
    registry,
    'portico_event_streams_cut_total',
    'Streams cut as their clients took nothing.',
    () => [[{}, tally.cut]],
  );
  addCounter(registry, 'portico_webhook_attempts_total', 'Attempts to call a webhook, by outcome.', () => [
    [{ outcome: 'delivered' }, tally.delivered],
    [{ outcome: 'failed' }, tally.failed],
  ]);
  addCounter(registry, 'portico_webhook_dead_total', 'Deliveries given up.', () => [[{}, tally.dead]]);
}
