import type { EndpointState } from '../connector.ts';
import type { CircuitBreakerOptions } from './resilience-options.ts';
import { RollingWindow } from './rolling-window.ts';

/** Milliseconds that never go back, from any beginning. */
export type MonotonicClock = () => number;

/** What `admit` gives for a call that must not be sent. */
export const REFUSED = -1;

/**
 * Whether calls to one endpoint make sense. Closed, it counts; open, it admits one call each interval, whose success
 * closes it. A probe that hangs does not keep the next one from being sent.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  readonly #now: MonotonicClock;
  readonly #onChange: (circuit: EndpointState['circuit']) => void;
  readonly #window: RollingWindow;
  #circuit: EndpointState['circuit'] = 'closed';
  /** Counts changes between closed and not: how a call ends that was admitted before a change says nothing any more. */
  #epoch = 0;
  #nextProbeAt = 0;

  constructor(
    options: CircuitBreakerOptions,
    now: MonotonicClock,
    onChange: (circuit: EndpointState['circuit']) => void,
  ) {
    this.#options = options;
    this.#now = now;
    this.#onChange = onChange;
    this.#window = new RollingWindow(options.windowMs, now());
  }

  get circuit(): EndpointState['circuit'] {
    return this.#circuit;
  }

  /** Whether a call would be refused now. Takes no probe. */
  get isRefusing(): boolean {
    return this.#circuit !== 'closed' && this.#now() < this.#nextProbeAt;
  }

  /** Until the next probe; 0 if calls are admitted. */
  get retryAfterMs(): number {
    return this.#circuit === 'closed' ? 0 : Math.max(0, this.#nextProbeAt - this.#now());
  }

  /** A ticket to be given back with how the call ended, or REFUSED. */
  admit(): number {
    if (this.#circuit === 'closed') return this.#epoch;
    if (this.isRefusing) return REFUSED;
    this.#nextProbeAt = this.#now() + this.#options.probeMs;
    this.#change('half-open');
    return this.#epoch;
  }

  succeeded(ticket: number): void {
    if (ticket !== this.#epoch) return;
    if (this.#circuit === 'closed') {
      this.#window.add(false, this.#now());
      return;
    }
    this.#window.clear();
    this.#epoch += 1;
    this.#change('closed');
  }

  failed(ticket: number): void {
    if (ticket !== this.#epoch) return;
    if (this.#circuit !== 'closed') {
      this.#change('open');
      return;
    }
    const now = this.#now();
    this.#window.add(true, now);
    const { total, failed } = this.#window.counts(now);
    const { minimumCalls, failureRatio, probeMs } = this.#options;
    if (total < minimumCalls || failed / total < failureRatio) return;
    this.#epoch += 1;
    this.#nextProbeAt = now + probeMs;
    this.#change('open');
  }

  /** Opens it, or keeps it open, for what was found out without a call. */
  trip(): void {
    if (this.#circuit === 'closed') this.#epoch += 1;
    this.#nextProbeAt = this.#now() + this.#options.probeMs;
    this.#change('open');
  }

  /** Closes it, for what was found out without a call. */
  restore(): void {
    if (this.#circuit === 'closed') return;
    this.#window.clear();
    this.#epoch += 1;
    this.#change('closed');
  }

  #change(circuit: EndpointState['circuit']): void {
    if (this.#circuit === circuit) return;
    this.#circuit = circuit;
    this.#onChange(circuit);
  }
}
