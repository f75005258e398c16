/** A queue whose messages are commands. */
export interface ConsumerConfig {
  readonly queue: string;
  /** By operationId; where services share one, `<service>.<operationId>`. */
  readonly operations: readonly string[];
  /** Who sends every message in the queue; missing: each has a token that says so. */
  readonly principal?: QueuePrincipalConfig;
  /** Most messages at work in one process. */
  readonly concurrency: number;
  readonly retrySeconds: readonly number[];
  readonly type: 'quorum' | 'classic';
  readonly bindings: readonly { readonly exchange: string; readonly pattern: string }[];
}

export interface QueuePrincipalConfig {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, string | number | boolean>>;
}
