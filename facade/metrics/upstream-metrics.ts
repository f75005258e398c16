import type { Registry } from 'prom-client';
import type { EndpointState } from '../../connectors/index.ts';
import { addCounter, addGauge, addHistogram, type Sample } from './scraped-metric.ts';
import type { EndpointMeter, UpstreamMeter } from './upstream-meter.ts';

type StateOf = readonly [service: string, state: EndpointState];

/** Calls to services, by endpoint. */
export function addUpstreamMetrics(
  registry: Registry,
  upstream: UpstreamMeter,
  states: () => readonly StateOf[],
): void {
  addHistogram(
    registry,
    'portico_upstream_duration_seconds',
    'Calls to an endpoint, to the end of the answer.',
    () => upstream.endpoints.map((meter) => [of(meter), meter.durations] as const),
  );
  addCounter(registry, 'portico_upstream_calls_total', 'Calls to an endpoint, by how they ended.', () =>
    upstream.endpoints.flatMap((meter) => byKey(meter, meter.outcomes, 'outcome')),
  );
  addCounter(registry, 'portico_upstream_refused_total', 'Calls that were not sent, by why.', () =>
    upstream.endpoints.flatMap((meter) => byKey(meter, meter.refusals, 'reason')),
  );
  addCounter(registry, 'portico_upstream_repeats_total', 'Calls sent again after a failure.', () =>
    Array.from(upstream.repeats, ([service, count]) => [{ service }, count]),
  );
  addCounter(
    registry,
    'portico_upstream_budget_spent_total',
    'Calls not sent again, as the budget was spent.',
    () => Array.from(upstream.budgetsSpent, ([service, count]) => [{ service }, count]),
  );
  addStates(registry, states);
}

function addStates(registry: Registry, states: () => readonly StateOf[]): void {
  addGauge(registry, 'portico_upstream_circuit_open', 'Circuit: 0 closed, 0.5 half open, 1 open.', () =>
    once(states(), ({ circuit }) => ({ closed: 0, 'half-open': 0.5, open: 1 })[circuit]),
  );
  addGauge(registry, 'portico_upstream_healthy', 'What the probes of an endpoint say: 0 down, 1 up.', () =>
    once(
      states().filter(([, { health = 'unknown' }]) => health !== 'unknown'),
      ({ health }) => (health === 'up' ? 1 : 0),
    ),
  );
  addGauge(registry, 'portico_upstream_running', 'Calls on their way to an endpoint.', () =>
    once(states(), ({ running }) => running),
  );
  addGauge(registry, 'portico_upstream_queued', 'Calls that wait for a place.', () =>
    once(states(), ({ queued }) => queued),
  );
}

/** Ports of a service may share an address, and no two lines may have the same labels: their numbers are added. */
function once(states: readonly StateOf[], valueOf: (state: EndpointState) => number): Sample[] {
  const byLabels = new Map<string, Sample>();
  for (const [service, state] of states) {
    const key = `${service} ${state.url}`;
    const [, before] = byLabels.get(key) ?? [undefined, 0];
    byLabels.set(key, [{ service, endpoint: state.url }, before + valueOf(state)]);
  }
  return [...byLabels.values()];
}

function byKey(meter: EndpointMeter, counts: ReadonlyMap<string, number>, label: string): Sample[] {
  return Array.from(counts, ([key, count]) => [{ ...of(meter), [label]: key }, count]);
}

function of({ service, endpoint }: EndpointMeter): { readonly service: string; readonly endpoint: string } {
  return { service, endpoint };
}
