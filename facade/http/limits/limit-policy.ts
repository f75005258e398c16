import type { RateLimit } from '../../../openapi/index.ts';
import type { Caller } from '../auth/caller.ts';
import type { LimitStore, Standing } from './limit-store.ts';

/** One limit: what it counts together, how many, and where. */
export interface LimitPolicy {
  /** `"default"`, as the header fields have it. */
  readonly name: string;
  readonly keyOf: (caller: LimitKeys) => string;
  readonly store: LimitStore;
  /** With the shared count, and with that of this process alone. */
  readonly shared: Quota;
  readonly local: Quota;
}

/** What limits count by. */
export type LimitKeys = Pick<Caller, 'limitKey' | 'clientKey'>;

export interface Quota {
  readonly requests: number;
  /** For RateLimit-Policy. */
  readonly text: string;
}

export function quotaOf(name: string, { requests, windowSeconds }: RateLimit): Quota {
  return { requests, text: `${name};q=${requests};w=${windowSeconds}` };
}

/** The part of a limit that one of several processes admits by itself. */
export function partOf({ requests, windowSeconds }: RateLimit, processes: number): RateLimit {
  return { requests: Math.ceil(requests / processes), windowSeconds };
}

/** How a request stands with one policy. */
export interface Verdict {
  readonly quota: Quota;
  readonly remaining: number;
  readonly waitSeconds: number;
  readonly isExceeded: boolean;
}

export function judge(policy: LimitPolicy, { hits, endsAt, isLocal }: Standing, now: number): Verdict {
  const quota = isLocal ? policy.local : policy.shared;
  return {
    quota,
    remaining: Math.max(0, quota.requests - hits),
    waitSeconds: Math.max(1, Math.ceil((endsAt - now) / 1000)),
    isExceeded: hits > quota.requests,
  };
}
