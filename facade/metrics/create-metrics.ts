import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Connector, EndpointState, MessageBus } from '../../connectors/index.ts';
import type { Route } from '../../openapi/index.ts';
import type { OutboxDepth } from '../commands/outbox-store.ts';
import { createEventTally, type EventTally } from '../events/event-tally.ts';
import { addBusMetrics, BusMeter } from './bus-meter.ts';
import { addEventMetrics } from './event-metrics.ts';
import { addOperationMetrics } from './operation-metrics.ts';
import { OperationMeter } from './operation-meter.ts';
import { addCounter } from './scraped-metric.ts';
import { createTally, type Tally } from './tally.ts';
import { increment, UpstreamMeter } from './upstream-meter.ts';
import { addUpstreamMetrics } from './upstream-metrics.ts';

/** What is counted, and how it is told to Prometheus. */
export interface Metrics {
  /** The one of this operation, made when it is first asked for. */
  meterOf(route: Route): OperationMeter;
  readonly upstream: UpstreamMeter;
  readonly tally: Tally;
  /** A request was answered with this problem. Codes are those of problem.ts and of declared faults. */
  countProblem(code: string): void;
  /** Whose state is shown, by service. */
  watch(connectors: ReadonlyMap<string, readonly Connector[]>): void;
  readonly bus: BusMeter;
  /** Whose state is shown. */
  watchBus(bus: Pick<MessageBus, 'state'>): void;
  readonly events: EventTally;
  /** Whose depth is shown. */
  watchOutbox(depth: () => Promise<OutboxDepth>): void;
  readonly contentType: string;
  /** Text exposition format 0.0.4. */
  text(): Promise<string>;
}

/**
 * Numbers are kept as plain numbers, and prom-client is asked to write them down only for a scrape: a label lookup and an
 * object for each observation would cost every request more than all that is counted here.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const meters = new Map<Route, OperationMeter>();
  const upstream = new UpstreamMeter();
  const problems = new Map<string, number>();
  const tally = createTally();
  let states = (): readonly (readonly [service: string, state: EndpointState])[] => [];
  addOperationMetrics(registry, () => [...meters.values()].filter(({ isUsed }) => isUsed));
  addUpstreamMetrics(registry, upstream, () => states());
  addCounter(registry, 'portico_problems_total', 'Answers that were problems, by their code.', () =>
    [...problems].map(([code, count]) => [{ code }, count]),
  );
  addTokenMetrics(registry, tally);
  const bus = new BusMeter();
  let watchedBus: Pick<MessageBus, 'state'> | undefined;
  addBusMetrics(registry, bus, () => watchedBus?.state());
  const events = createEventTally();
  let depth: (() => Promise<OutboxDepth>) | undefined;
  // A store that is away is told of elsewhere, and does not keep the other numbers from being read.
  addEventMetrics(registry, events, async () => depth?.().catch(() => undefined));
  return {
    meterOf(route) {
      const meter = meters.get(route) ?? new OperationMeter(route);
      meters.set(route, meter);
      return meter;
    },
    upstream,
    tally,
    countProblem(code) {
      increment(problems, code);
    },
    watch(connectors) {
      states = () =>
        [...connectors].flatMap(([service, ways]) =>
          ways.flatMap((way) => (way.endpoints?.() ?? []).map((state) => [service, state] as const)),
        );
    },
    bus,
    watchBus(watched) {
      watchedBus = watched;
    },
    events,
    watchOutbox(asked) {
      depth = asked;
    },
    contentType: registry.contentType,
    text: async () => `${await registry.metrics()}\n${await ofProcess().metrics()}`,
  };
}

function addTokenMetrics(registry: Registry, tally: Tally): void {
  addCounter(registry, 'portico_tokens_total', 'Tokens, by whether they had been verified before.', () => [
    [{ cache: 'hit' }, tally.tokenHits],
    [{ cache: 'miss' }, tally.tokenMisses],
  ]);
  addCounter(registry, 'portico_jwks_fetches_total', 'Fetches of the keys of issuers.', () => [
    [{ outcome: 'succeeded' }, tally.keyFetches - tally.keyFetchFailures],
    [{ outcome: 'failed' }, tally.keyFetchFailures],
  ]);
}

let processRegistry: Registry | undefined;

/** Memory, CPU, event loop and collector: of the process, however many facades it has. */
function ofProcess(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}
