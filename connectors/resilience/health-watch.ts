import type { CircuitBreaker } from './circuit-breaker.ts';

/** Whether an endpoint works now. Rejecting means no. */
export type HealthProbe = (timeoutMs: number) => Promise<boolean>;

export interface HealthOptions {
  /** From the beginning of one probe to that of the next. */
  readonly intervalMs: number;
  /** Longest time of one probe. */
  readonly timeoutMs: number;
  /** Probes that fail one after the other before no calls are sent. */
  readonly failures: number;
  /** The probe does what calls do, so that its success also closes a circuit that calls have opened. */
  readonly provesCalls: boolean;
}

/** `unknown`: not probed yet. */
export type Health = 'up' | 'down' | 'unknown';

/**
 * Probes an endpoint without waiting for a call to find out: what is down is not called, and what is back is called again,
 * within one interval. One probe at a time; none keeps the process alive.
 */
export class HealthWatch {
  readonly #probe: HealthProbe;
  readonly #options: HealthOptions;
  readonly #breaker: CircuitBreaker;
  #failures = 0;
  #health: Health = 'unknown';
  /** Whether it was the probes that opened the circuit. */
  #hasTripped = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(probe: HealthProbe, options: HealthOptions, breaker: CircuitBreaker) {
    this.#probe = probe;
    this.#options = options;
    this.#breaker = breaker;
    this.#wait(0);
  }

  get health(): Health {
    return this.#health;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number): void {
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#run(), milliseconds).unref();
  }

  async #run(): Promise<void> {
    const startedAt = performance.now();
    const isUp = await this.#isUp();
    if (this.#isClosed) return;
    if (isUp) this.#succeeded();
    else this.#failed();
    this.#wait(Math.max(0, this.#options.intervalMs - (performance.now() - startedAt)));
  }

  /** A probe that never ends must not end all probing. */
  #isUp(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.timeoutMs, false);
      const settle = (isUp: boolean): void => {
        clearTimeout(timer);
        resolve(isUp);
      };
      this.#probe(this.#options.timeoutMs).then(settle, () => {
        settle(false);
      });
    });
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#health = 'up';
    if (this.#options.provesCalls || this.#hasTripped) this.#breaker.restore();
    this.#hasTripped = false;
  }

  #failed(): void {
    this.#failures += 1;
    if (this.#failures < this.#options.failures) return;
    this.#health = 'down';
    this.#hasTripped ||= this.#breaker.circuit === 'closed';
    this.#breaker.trip();
  }
}
