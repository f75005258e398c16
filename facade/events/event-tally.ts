/** Numbers of events, counted where they arise. */
export interface EventTally {
  published: number;
  /** Attempts that the bus took nothing of: it was away, or full. */
  deferred: number;
  /** Attempts at events that the bus did not take. */
  refused: number;
  received: number;
  /** Events that came once more. */
  duplicates: number;
  /** Streams that are open now. */
  streams: number;
  streamed: number;
  /** Streams that were ended as their clients took nothing. */
  cut: number;
  delivered: number;
  /** Attempts at webhooks. */
  failed: number;
  dead: number;
}

export function createEventTally(): EventTally {
  return {
    published: 0,
    deferred: 0,
    refused: 0,
    received: 0,
    duplicates: 0,
    streams: 0,
    streamed: 0,
    cut: 0,
    delivered: 0,
    failed: 0,
    dead: 0,
  };
}
