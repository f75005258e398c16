import type { Route, RouteCache } from '../../../openapi/index.ts';

/** How the answers of a route are kept; all that can be made before a request comes. */
export interface CachePlan {
  readonly cache: RouteCache;
  readonly keyPrefix: string;
  /** Ages of an answer, in milliseconds, up to which it is fresh, given while a new one is fetched, and given if none can be had. */
  readonly freshMs: number;
  readonly revalidateMs: number;
  readonly errorMs: number;
  /** The longest of them. */
  readonly keepMs: number;
  /** Header fields: name, value, name, value. */
  readonly head: readonly string[];
}

const SECOND = 1000;

export function toCachePlan({ service, method, path }: Route, cache: RouteCache): CachePlan {
  const { ttlSeconds, staleWhileRevalidateSeconds, staleIfErrorSeconds, tags } = cache;
  const freshMs = ttlSeconds * SECOND;
  const revalidateMs = freshMs + staleWhileRevalidateSeconds * SECOND;
  const errorMs = freshMs + staleIfErrorSeconds * SECOND;
  // What a write may change at any time, the client has to ask for: mostly that is a 304.
  const freshness = tags.length > 0 ? 'private, no-cache' : `private, max-age=${ttlSeconds}`;
  return {
    cache,
    keyPrefix: `${service} ${method} ${path}\n`,
    freshMs,
    revalidateMs,
    errorMs,
    keepMs: Math.max(revalidateMs, errorMs),
    head: ['Vary', 'Authorization', 'Cache-Control', freshness],
  };
}
