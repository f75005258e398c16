import { createHash } from 'node:crypto';
import type { RedisLink } from '../../redis/redis-link.ts';
import { redisScript } from '../../redis/redis-script.ts';
import type { LimitStore, Standing } from './limit-store.ts';

/** One step in Redis, whose clock decides when a window ends. A counter that would never end gets its end again. */
const HIT = redisScript(`
local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return { hits, left }`);

/** Windows that all processes of this API share. `name` tells limits apart. */
export function createRedisLimitStore(redis: RedisLink, name: string, windowMs: number): LimitStore {
  return {
    async hit(key): Promise<Standing> {
      const reply = await redis.run(HIT, [redis.keyOf('limit', `${name}:${hashOf(key)}`)], [windowMs]);
      const [hits, leftMs] = reply as [number, number];
      return { hits, endsAt: Date.now() + leftMs };
    },
  };
}

/** Subjects and addresses are nobody's business there. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
