import type { IncomingMessage, ServerResponse } from 'node:http';
import { ipKeyGenerator, MemoryStore, type Options, type Store } from 'express-rate-limit';
import type { RateLimitConfig } from '../config/config.ts';
import type { Principal } from '../operations/principal.ts';
import { ProblemError } from './problem.ts';

export interface RateLimiter {
  /** Counts one request and tells the client where it stands. @throws ProblemError 429 */
  spend(key: string, response: ServerResponse): Promise<void>;
  close(): void;
}

/** Fixed windows (draft-ietf-httpapi-ratelimit-headers). The store belongs to express-rate-limit, which has others to share. */
export function createRateLimiter(
  { requests, windowSeconds }: RateLimitConfig,
  store: Store = new MemoryStore(),
): RateLimiter {
  const windowMs = windowSeconds * 1000;
  // Stores read no other option than this one.
  void store.init?.({ windowMs } as Options);
  return {
    async spend(key, response) {
      const { totalHits, resetTime } = await store.increment(key);
      const wait = Math.max(
        1,
        Math.ceil(((resetTime?.getTime() ?? Date.now() + windowMs) - Date.now()) / 1000),
      );
      response.setHeader('RateLimit-Policy', `"default";q=${requests};w=${windowSeconds}`);
      response.setHeader('RateLimit', `"default";r=${Math.max(0, requests - totalHits)};t=${wait}`);
      if (totalHits <= requests) return;
      throw new ProblemError(
        'rate-limited',
        { detail: `Wait ${wait} seconds.` },
        { 'Retry-After': String(wait) },
      );
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
