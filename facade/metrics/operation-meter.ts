import type { Route } from '../../openapi/index.ts';
import { DurationHistogram } from './duration-histogram.ts';

/** What of a request is counted. */
export interface CountedRequest {
  readonly cache: 'hit' | 'stale' | 'miss' | undefined;
  readonly ending: 'fault' | 'unknown' | undefined;
  readonly isReplay: boolean;
}

/** First digit of a status. */
const CLASSES = 6;

/** The requests for one operation, in numbers of its own: they become metrics only when somebody asks for those. */
export class OperationMeter {
  readonly route: Route;
  readonly durations: DurationHistogram = new DurationHistogram();
  readonly #byClass = new Float64Array(CLASSES);
  #inFlight = 0;
  readonly caches: Record<'hit' | 'stale' | 'miss', number> = { hit: 0, stale: 0, miss: 0 };
  faults = 0;
  unknowns = 0;
  replays = 0;

  constructor(route: Route) {
    this.route = route;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether anything has been counted: of thousands of operations most never are called. */
  get isUsed(): boolean {
    return this.#inFlight > 0 || this.#byClass.some((count) => count > 0);
  }

  begin(): void {
    this.#inFlight += 1;
  }

  end(status: number, ms: number, { cache, ending, isReplay }: CountedRequest): void {
    this.#inFlight -= 1;
    const statusClass = Math.floor(status / 100);
    this.#byClass[statusClass < CLASSES ? statusClass : 0]! += 1;
    this.durations.observe(ms);
    if (cache !== undefined) this.caches[cache] += 1;
    if (ending === 'fault') this.faults += 1;
    else if (ending === 'unknown') this.unknowns += 1;
    if (isReplay) this.replays += 1;
  }

  /** `2xx`, `4xx` ... that there were. */
  byClass(): (readonly [statusClass: string, count: number])[] {
    return Array.from(this.#byClass, (count, index) => [`${index}xx`, count] as const).filter(
      ([, count]) => count > 0,
    );
  }
}
