import { existsSync, readFileSync } from 'node:fs';
import type { Outcome } from './outcome.ts';

/** Contract -> why it does not pass. */
export type KnownGaps = Readonly<Record<string, string>>;

export function readKnownGaps(file: string): KnownGaps {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownGaps) : {};
}

/** Where outcomes and known gaps differ; an empty list is a good run. */
export function surprises(outcomes: readonly Outcome[], known: KnownGaps): string[] {
  return outcomes.flatMap(({ contract, passed, causes }) => {
    const gap = known[contract];
    if (passed && gap !== undefined) return [`${contract} passes now: take it out of the known gaps`];
    if (passed || gap !== undefined) return [];
    const [first] = causes;
    return [`${contract} fails: ${first ? `${first.kind}: ${first.text}` : 'no cause given'}`];
  });
}
