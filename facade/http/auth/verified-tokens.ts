import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from './caller.ts';
import type { Issuer } from './issuers.ts';

interface VerifiedToken {
  readonly caller: Caller;
  readonly issuer: Issuer;
  /** Of the issuer's keys when the token was verified. */
  readonly keysVersion: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const MOST_TOKENS = 10_000;

/**
 * Callers by tokens that were found good: a signature is checked once, not with each request. A token is forgotten when it
 * expires and when its issuer's keys may have changed. Kept are hashes, so that no token can be read from memory.
 */
export class VerifiedTokens {
  readonly #tokens = new LRUCache<string, VerifiedToken>({ max: MOST_TOKENS });

  /** @param now milliseconds since the epoch. */
  find(token: string, now: number): Caller | undefined {
    const key = keyOf(token);
    const known = this.#tokens.get(key);
    if (known === undefined) return undefined;
    if (now < known.expiresAt && known.issuer.keysVersion() === known.keysVersion) return known.caller;
    this.#tokens.delete(key);
    return undefined;
  }

  keep(token: string, verified: VerifiedToken): void {
    this.#tokens.set(keyOf(token), verified);
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
