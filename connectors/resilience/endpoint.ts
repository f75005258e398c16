import type { Connector, SoapReply, SoapRequest } from '../connector.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { HealthWatch } from './health-watch.ts';

/** What a policy takes and gives: the one promise of a connector that policies are about. */
export type Send = (request: SoapRequest) => Promise<SoapReply>;

/** One address of a service with the policies that belong to it alone. */
export interface Endpoint {
  readonly url: string;
  readonly connector: Connector;
  readonly breaker: CircuitBreaker;
  readonly bulkhead: { readonly running: number; readonly queued: number };
  readonly send: Send;
  /** Missing where it is not probed. */
  readonly watch?: HealthWatch | undefined;
}
