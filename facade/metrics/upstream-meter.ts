import { ConnectorError, type ResilienceObserver } from '../../connectors/index.ts';
import { DurationHistogram } from './duration-histogram.ts';

/** The calls to one endpoint of a service. */
export interface EndpointMeter {
  readonly service: string;
  readonly endpoint: string;
  readonly durations: DurationHistogram;
  /** `answered`, or the code of the error in lower case. */
  readonly outcomes: Map<string, number>;
  readonly refusals: Map<string, number>;
}

/** Calls to services, in numbers of its own. Services and endpoints are those of the configuration: their number is bounded. */
export class UpstreamMeter implements ResilienceObserver {
  readonly #endpoints = new Map<string, Map<string, EndpointMeter>>();
  readonly repeats: Map<string, number> = new Map();
  readonly budgetsSpent: Map<string, number> = new Map();

  get endpoints(): readonly EndpointMeter[] {
    return [...this.#endpoints.values()].flatMap((ofService) => [...ofService.values()]);
  }

  onCall(service: string, url: string, ms: number, error: unknown): void {
    const meter = this.#meterOf(service, url);
    meter.durations.observe(ms);
    increment(meter.outcomes, outcomeOf(error));
  }

  onRefused(service: string, url: string, reason: string): void {
    increment(this.#meterOf(service, url).refusals, reason);
  }

  onRepeat(service: string): void {
    increment(this.repeats, service);
  }

  onBudgetSpent(service: string): void {
    increment(this.budgetsSpent, service);
  }

  #meterOf(service: string, endpoint: string): EndpointMeter {
    const ofService = this.#endpoints.get(service) ?? new Map<string, EndpointMeter>();
    this.#endpoints.set(service, ofService);
    const meter = ofService.get(endpoint) ?? {
      service,
      endpoint,
      durations: new DurationHistogram(),
      outcomes: new Map(),
      refusals: new Map(),
    };
    ofService.set(endpoint, meter);
    return meter;
  }
}

function outcomeOf(error: unknown): string {
  if (error === undefined) return 'answered';
  return error instanceof ConnectorError ? error.code.toLowerCase().replaceAll('_', '-') : 'failed';
}

export function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
