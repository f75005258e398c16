import { LRUCache } from 'lru-cache';
import type { Tally } from '../../metrics/tally.ts';
import type { Caller } from './caller.ts';
import type { Confirmation } from './confirmation.ts';
import type { Issuer } from './issuers.ts';

/** A good token, without itself. */
export interface VerifiedToken {
  readonly caller: Caller;
  /** What is still to be proved, with each request. */
  readonly confirmation: Confirmation | undefined;
  readonly issuer: Issuer;
  /** Of the issuer's keys when the token was verified. */
  readonly keysVersion: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const MOST_TOKENS = 10_000;

/** A token is good until it expires or its issuer's keys may have changed. @param now milliseconds since the epoch. */
export function isStillGood({ expiresAt, issuer, keysVersion }: VerifiedToken, now: number): boolean {
  return now < expiresAt && issuer.keysVersion() === keysVersion;
}

/**
 * Callers by tokens that were found good: a signature is checked once, not with each request. A token is forgotten when it
 * expires and when its issuer's keys may have changed. Kept are hashes, so that no token can be read from memory. A token that
 * is bound to something is found by whoever sends it; that he may is for the caller to check.
 */
export class VerifiedTokens {
  readonly #tally: Tally | undefined;
  readonly #tokens = new LRUCache<string, VerifiedToken>({ max: MOST_TOKENS });

  constructor(tally?: Tally) {
    this.#tally = tally;
  }

  /** @param now milliseconds since the epoch. */
  find(hash: string, now: number): VerifiedToken | undefined {
    const found = this.#find(hash, now);
    if (this.#tally !== undefined) this.#tally[found === undefined ? 'tokenMisses' : 'tokenHits'] += 1;
    return found;
  }

  #find(hash: string, now: number): VerifiedToken | undefined {
    const known = this.#tokens.get(hash);
    if (known === undefined) return undefined;
    if (isStillGood(known, now)) return known;
    this.#tokens.delete(hash);
    return undefined;
  }

  keep(hash: string, verified: VerifiedToken): void {
    this.#tokens.set(hash, verified);
  }
}
