/** How calls to a service are guarded. Times are milliseconds; see the page of the configuration for what is usual. */
export interface ResilienceOptions {
  readonly retry: RetryOptions;
  readonly circuitBreaker: CircuitBreakerOptions;
  readonly bulkhead: BulkheadOptions;
  readonly failover: FailoverStrategy;
  /** Longest time that one call is given; a client may have asked for less. */
  readonly timeoutMs: number;
}

export interface RetryOptions {
  /** Attempts after the first; 0 for none. */
  readonly most: number;
  /** Attempts after the first, of all calls: 0.1 is one in ten. */
  readonly budget: number;
}

export interface CircuitBreakerOptions {
  /** Share of failed calls in the window, 0 to 1, from which on no more are sent. */
  readonly failureRatio: number;
  readonly windowMs: number;
  /** Fewer calls in the window say nothing. */
  readonly minimumCalls: number;
  /** From one call that tries whether the service is back to the next. */
  readonly probeMs: number;
}

export interface BulkheadOptions {
  /** Calls to one endpoint at the same time. */
  readonly running: number;
  /** Calls that wait for a place; further ones are refused. */
  readonly queued: number;
}

/** `priority`: the first endpoint that works; `round-robin`: in turn among those that work. */
export type FailoverStrategy = 'priority' | 'round-robin';
