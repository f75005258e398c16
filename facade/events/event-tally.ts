/** Numbers of events, counted where they arise. */
export interface EventTally {
  published: number;
  /** Attempts that the bus took nothing of: it was away, or full. */
  deferred: number;
  /** Attempts at events that the bus did not take. */
  refused: number;
}

export function createEventTally(): EventTally {
  return { published: 0, deferred: 0, refused: 0 };
}
