import type { Registry } from 'prom-client';
import type { BusObserver, BusState } from '../../connectors/index.ts';
import { addCounter, addGauge } from './scraped-metric.ts';
import { increment } from './upstream-meter.ts';

/** Counts what becomes of messages, out and in. */
export class BusMeter implements BusObserver {
  readonly outcomes: Map<string, number> = new Map<string, number>();
  readonly #settled = new Map<string, Map<string, number>>();

  readonly onOutcome: NonNullable<BusObserver['onOutcome']> = (kind) => {
    increment(this.outcomes, kind);
  };

  readonly onSettled: NonNullable<BusObserver['onSettled']> = (queue, kind) => {
    const counts = this.#settled.get(queue) ?? new Map<string, number>();
    if (counts.size === 0) this.#settled.set(queue, counts);
    increment(counts, kind);
  };

  readonly replies: Map<string, number> = new Map<string, number>();

  /** @param outcome what the broker said of a reply to a command */
  countReply(outcome: string): void {
    increment(this.replies, outcome);
  }

  get settled(): readonly (readonly [queue: string, settlement: string, count: number])[] {
    return [...this.#settled].flatMap(([queue, counts]) =>
      Array.from(counts, ([kind, count]) => [queue, kind, count] as const),
    );
  }
}

/** `state`: undefined as long as there is no bus. */
export function addBusMetrics(registry: Registry, meter: BusMeter, state: () => BusState | undefined): void {
  const gauge = (name: string, help: string, valueOf: (state: BusState) => number): void => {
    addGauge(registry, name, help, () => {
      const now = state();
      return now === undefined ? [] : [[{}, valueOf(now)]];
    });
  };
  gauge('portico_bus_connected', 'Whether the broker is connected.', ({ isConnected }) =>
    Number(isConnected),
  );
  gauge('portico_bus_blocked', 'Whether the broker takes no messages.', ({ blocked }) =>
    Number(blocked !== undefined),
  );
  gauge(
    'portico_bus_waiting',
    'Messages that wait to be sent or confirmed.',
    ({ waiting }) => waiting.messages,
  );
  gauge('portico_bus_waiting_bytes', 'Bytes of their bodies.', ({ waiting }) => waiting.bytes);
  addCounter(registry, 'portico_bus_published_total', 'Messages published, by what became of them.', () =>
    Array.from(meter.outcomes, ([outcome, count]) => [{ outcome }, count]),
  );
  addCounter(
    registry,
    'portico_bus_deliveries_total',
    'Messages taken from a queue, by their settlement.',
    () => meter.settled.map(([queue, settlement, count]) => [{ queue, settlement }, count]),
  );
  addCounter(registry, 'portico_bus_replies_total', 'Replies to commands, by what became of them.', () =>
    Array.from(meter.replies, ([outcome, count]) => [{ outcome }, count]),
  );
}
