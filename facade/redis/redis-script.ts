import { createHash } from 'node:crypto';
import type { RedisScript } from './redis-link.ts';

export function redisScript(lua: string): RedisScript {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}
