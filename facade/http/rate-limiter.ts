import type { IncomingMessage } from 'node:http';
import { ipKeyGenerator, type ClientRateLimitInfo, type Options, type Store } from 'express-rate-limit';
import type { RateLimitConfig } from '../config/config.ts';
import type { Principal } from '../operations/principal.ts';
import { ProblemError } from './problem.ts';
import { WindowStore } from './window-store.ts';

export interface RateLimiter {
  /**
   * Counts one request and tells the client where it stands, in `head`: name, value, name, value. The promise is the store's,
   * if that has to ask somebody. @throws ProblemError 429
   */
  spend(key: string, head: string[]): Promise<void> | void;
  close(): void;
}

/** Fixed windows (draft-ietf-httpapi-ratelimit-headers). The store's interface is express-rate-limit's, which has others to share. */
export function createRateLimiter(
  { requests, windowSeconds }: RateLimitConfig,
  store: Store = new WindowStore(windowSeconds * 1000),
): RateLimiter {
  const windowMs = windowSeconds * 1000;
  const policy = `"default";q=${requests};w=${windowSeconds}`;
  // Stores read no other option than this one.
  void store.init?.({ windowMs } as Options);
  const judge = ({ totalHits, resetTime }: ClientRateLimitInfo, head: string[]): void => {
    const now = Date.now();
    const wait = Math.max(1, Math.ceil(((resetTime?.getTime() ?? now + windowMs) - now) / 1000));
    head.push('RateLimit-Policy', policy);
    head.push('RateLimit', `"default";r=${Math.max(0, requests - totalHits)};t=${wait}`);
    if (totalHits <= requests) return;
    throw new ProblemError(
      'rate-limited',
      { detail: `Wait ${wait} seconds.` },
      { 'Retry-After': String(wait) },
    );
  };
  return {
    spend(key, head) {
      const standing = store.increment(key);
      if (standing instanceof Promise)
        return standing.then((known) => {
          judge(known, head);
        });
      judge(standing, head);
      return undefined;
    },
    close: () => void store.shutdown?.(),
  };
}

export function subjectKey({ issuer, subject }: Principal): string {
  return `subject ${JSON.stringify([issuer, subject])}`;
}

/** For requests without a valid token. An IPv6 client owns a whole subnet, so that is what counts. */
export function addressKey({ socket }: IncomingMessage): string {
  return `address ${ipKeyGenerator(socket.remoteAddress ?? '')}`;
}
