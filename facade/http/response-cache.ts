import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Route } from '../../openapi/index.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import type { CacheConfig } from '../config/config.ts';
import type { Principal } from '../operations/principal.ts';
import type { Clock } from './auth/authenticate.ts';

/** An answer that can be given again. Times are milliseconds since the epoch. */
export interface CachedAnswer {
  readonly json: Uint8Array;
  /** Strong (RFC 9110, 8.8.3): a hash of the bytes. */
  readonly etag: string;
  readonly storedAt: number;
  readonly freshUntil: number;
  /** The header fields that do not depend on who asks or when: name, value, name, value. */
  readonly head: readonly string[];
}

/** Answers to reads, each for one principal alone. */
export interface ResponseCache {
  find(key: string): CachedAnswer | undefined;
  store(key: string, json: Uint8Array, ttlSeconds: number): CachedAnswer;
}

/** An answer larger than this share of the cache would drive out too many others. */
const LARGEST_SHARE = 1 / 8;
/** ETag and record around the bytes, roughly. */
const OVERHEAD_BYTES = 512;

export function createResponseCache({ bytes }: CacheConfig, clock: Clock): ResponseCache {
  const answers = new LRUCache<string, CachedAnswer>({
    maxSize: bytes,
    maxEntrySize: bytes * LARGEST_SHARE,
    sizeCalculation: ({ json }, key) => json.length + 2 * key.length + OVERHEAD_BYTES,
  });
  return {
    find(key) {
      const answer = answers.get(key);
      return answer !== undefined && answer.freshUntil > clock() ? answer : undefined;
    },
    store(key, json, ttlSeconds) {
      const storedAt = clock();
      const etag = `"${createHash('sha256').update(json).digest('base64url')}"`;
      const head = ['Vary', 'Authorization', 'Cache-Control', `private, max-age=${ttlSeconds}`];
      // Its own memory: a part of a larger buffer would keep the whole.
      const answer = {
        json: Uint8Array.from(json),
        etag,
        storedAt,
        freshUntil: storedAt + ttlSeconds * 1000,
        head,
      };
      answers.set(key, answer);
      return answer;
    },
  };
}

/** `input` must hold all that the answer depends on, the members from the token included. */
export function cacheKey(route: Route, { issuer, subject }: Principal, input: JsonValue): string {
  return JSON.stringify([route.service, route.method, route.path, issuer, subject, input]);
}
