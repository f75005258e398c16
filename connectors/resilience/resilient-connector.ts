import type { Connector, EndpointState } from '../connector.ts';
import { Bulkhead } from './bulkhead.ts';
import { CircuitBreaker, type MonotonicClock } from './circuit-breaker.ts';
import type { Endpoint } from './endpoint.ts';
import { RepeatPermit } from './repeat-permit.ts';
import { HealthWatch, type HealthOptions, type HealthProbe } from './health-watch.ts';
import type { ResilienceObserver } from './resilience-observer.ts';
import type { ResilienceOptions } from './resilience-options.ts';
import { refuseWhileOpen, withCircuitBreaker } from './with-circuit-breaker.ts';
import { withFailover } from './with-failover.ts';
import { withRetries } from './with-retries.ts';

export interface ResilientOptions extends ResilienceOptions {
  /** Name of the service, for the observer. */
  readonly service: string;
  /** At least one; `url` is shown, so it holds neither credentials nor query. */
  readonly endpoints: readonly {
    readonly url: string;
    readonly connector: Connector;
    /** Given if `health` is. */
    readonly probe?: HealthProbe | undefined;
  }[];
  /** Missing: only calls find out how an endpoint does. */
  readonly health?: HealthOptions;
  readonly observer?: ResilienceObserver;
  /** Default performance.now. */
  readonly now?: MonotonicClock;
  /** Default Math.random. */
  readonly random?: () => number;
}

/**
 * A service behind all its policies, from the outside in: retries, failover to an endpoint; there: refused while its
 * circuit is open, a place in its bulkhead, its circuit breaker, and the connector. The deadline is the request's own.
 */
export function createResilientConnector(options: ResilientOptions): Connector {
  const { service, retry, observer, random = Math.random } = options;
  const permit = new RepeatPermit(retry.budget, () => observer?.onBudgetSpent?.(service));
  const endpoints = options.endpoints.map(({ url, connector, probe }) =>
    createEndpoint(url, connector, probe, options),
  );
  const send = withRetries(withFailover(endpoints, options.failover, permit), {
    most: retry.most,
    permit,
    random,
    onRepeat: (attempt) => observer?.onRepeat?.(service, attempt),
  });
  return {
    send,
    isReachable: async () => {
      const answers = await Promise.all(endpoints.map(({ connector }) => connector.isReachable()));
      return answers.some(Boolean);
    },
    endpoints: () => endpoints.map(stateOf),
    close: async () => {
      for (const { watch } of endpoints) watch?.close();
      await Promise.all(endpoints.map(({ connector }) => connector.close()));
    },
  };
}

function createEndpoint(
  url: string,
  connector: Connector,
  probe: HealthProbe | undefined,
  options: ResilientOptions,
): Endpoint {
  const { service, observer, circuitBreaker, timeoutMs, now = () => performance.now() } = options;
  const breaker = new CircuitBreaker(circuitBreaker, now, (circuit) =>
    observer?.onCircuit?.(service, url, circuit),
  );
  const scope = {
    url,
    breaker,
    timeoutMs,
    now,
    onRefused: () => observer?.onRefused?.(service, url, 'circuit-open'),
    onCall: (ms: number, error: unknown) => observer?.onCall?.(service, url, ms, error),
  };
  const guarded = withCircuitBreaker((request) => connector.send(request), scope);
  const bulkhead = new Bulkhead(guarded, options.bulkhead, url, () =>
    observer?.onRefused?.(service, url, 'too-busy'),
  );
  const watch = probe && options.health && new HealthWatch(probe, options.health, breaker);
  return { url, connector, breaker, bulkhead, send: refuseWhileOpen(bulkhead.send, scope), watch };
}

function stateOf({ url, breaker, bulkhead, watch }: Endpoint): EndpointState {
  return {
    url,
    circuit: breaker.circuit,
    ...(watch && { health: watch.health }),
    running: bulkhead.running,
    queued: bulkhead.queued,
  };
}
