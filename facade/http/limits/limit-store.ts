/** Where a key stands in its window, the hit just counted included. */
export interface Standing {
  readonly hits: number;
  /** Milliseconds since the epoch, by the clock of this process. */
  readonly endsAt: number;
  /** Counted by this process alone, in place of a shared store that is away. */
  readonly isLocal?: boolean;
}

/** Counts the hits of one limit in windows of a fixed length, each begun by its key's first hit. */
export interface LimitStore {
  /** A promise only if somebody has to be asked. @throws RedisError if a shared store does not answer. */
  hit(key: string): Standing | Promise<Standing>;
}
