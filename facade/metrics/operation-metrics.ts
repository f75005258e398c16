import type { Registry } from 'prom-client';
import type { Route } from '../../openapi/index.ts';
import type { OperationMeter } from './operation-meter.ts';
import { addCounter, addGauge, addHistogram, type Labels, type Sample } from './scraped-metric.ts';

/** Requests by operation. A meter that was never used has no lines. */
export function addOperationMetrics(registry: Registry, meters: () => readonly OperationMeter[]): void {
  addCounter(registry, 'portico_requests_total', 'Requests answered, by class of their status.', () =>
    meters().flatMap((meter) =>
      meter
        .byClass()
        .map(([statusClass, count]): Sample => [{ ...of(meter.route), status: statusClass }, count]),
    ),
  );
  addHistogram(
    registry,
    'portico_request_duration_seconds',
    'From the head of a request to its answer.',
    () => meters().map((meter) => [of(meter.route), meter.durations] as const),
  );
  addGauge(registry, 'portico_requests_in_flight', 'Requests being answered.', () =>
    meters().map((meter) => [of(meter.route), meter.inFlight]),
  );
  addCounter(
    registry,
    'portico_cache_requests_total',
    'Requests for what may be cached, by what was found.',
    () =>
      meters()
        .filter(({ route }) => route.cache !== undefined)
        .flatMap(({ route, caches }) =>
          Object.entries(caches).map(([result, count]): Sample => [{ ...of(route), result }, count]),
        ),
  );
  addCounter(registry, 'portico_faults_total', 'Requests that the service answered with a fault.', () =>
    counted(meters(), ({ faults }) => faults),
  );
  addCounter(
    registry,
    'portico_unknown_outcomes_total',
    'Writes that may or may not have been carried out.',
    () => counted(meters(), ({ unknowns }) => unknowns),
  );
  addCounter(
    registry,
    'portico_idempotent_replays_total',
    'Answers given again for the same Idempotency-Key.',
    () => counted(meters(), ({ replays }) => replays),
  );
}

function counted(meters: readonly OperationMeter[], count: (meter: OperationMeter) => number): Sample[] {
  return meters.map((meter): Sample => [of(meter.route), count(meter)]).filter(([, value]) => value > 0);
}

function of({ service, operationId, method }: Route): Labels {
  return { service, operation: operationId, method };
}
