/** Numbers that are counted where they arise, and read when somebody asks for metrics. */
export interface Tally {
  tokenHits: number;
  tokenMisses: number;
  keyFetches: number;
  keyFetchFailures: number;
}

export function createTally(): Tally {
  return { tokenHits: 0, tokenMisses: 0, keyFetches: 0, keyFetchFailures: 0 };
}
