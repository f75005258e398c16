import { LRUCache } from 'lru-cache';
import { RedisError, type RedisLink } from '../../../redis/redis-link.ts';
import type { Clock } from '../authenticate.ts';

/** Which proofs have been used (RFC 9449, 11.1). */
export interface Replays {
  /**
   * Takes a proof for used. False if it was before.
   * @param id of the proof, unique among all keys. @param until when the proof is too old anyway, in milliseconds since the epoch.
   */
  claim(id: string, until: number): boolean | Promise<boolean>;
}

/** 100 a second for 1,000 seconds: about 15 MB. Beyond, those go first that were used first. */
const MOST_PROOFS = 100_000;

/** Those used in this process. */
export function localReplays(clock: Clock): Replays {
  const used = new LRUCache<string, true>({
    max: MOST_PROOFS,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    claim(id, until) {
      if (used.has(id)) return false;
      used.set(id, true, { ttl: Math.max(1, until - clock()) });
      return true;
    },
  };
}

/**
 * Those used in any process that shares the server. While it is away each process knows its own alone: a stolen proof could then
 * be used once at each, within its short life, where otherwise nobody at all could be served.
 */
export function sharedReplays(redis: Pick<RedisLink, 'call' | 'keyOf'>, clock: Clock): Replays {
  const local = localReplays(clock);
  return {
    async claim(id, until) {
      if (!(await local.claim(id, until))) return false;
      const milliseconds = Math.max(1, Math.ceil(until - clock()));
      try {
        return (await redis.call('SET', [redis.keyOf('dpop', id), 1, 'NX', 'PX', milliseconds])) === 'OK';
      } catch (error) {
        if (error instanceof RedisError) return true;
        throw error;
      }
    },
  };
}
