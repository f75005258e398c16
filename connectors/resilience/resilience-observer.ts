import type { EndpointState } from '../connector.ts';

/** Hears what the policies do, for metrics. All are optional, and called synchronously: they must be quick and not throw. */
export interface ResilienceObserver {
  /** A call was sent and has ended, the reading of its answer included; `error` is why it failed. */
  onCall?(service: string, url: string, ms: number, error: unknown): void;
  /** A call is sent again; `attempt` counts from 2. */
  onRepeat?(service: string, attempt: number): void;
  /** A call could have been sent again, but the budget is spent. */
  onBudgetSpent?(service: string): void;
  onCircuit?(service: string, url: string, circuit: EndpointState['circuit']): void;
  /** A call was not sent. */
  onRefused?(service: string, url: string, reason: 'circuit-open' | 'too-busy'): void;
}
