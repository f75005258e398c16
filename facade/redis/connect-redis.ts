import type { Logger } from 'pino';
import type { RedisConfig } from '../config/config.ts';
import type { RedisLink } from './redis-link.ts';

/**
 * The Redis server of the configuration, if it names one. The driver is loaded only then. Tells the log once that the server is
 * away, with the reason, and once that it is back.
 */
export async function connectRedis(
  { url, ...options }: RedisConfig,
  logger: Logger,
): Promise<RedisLink | undefined> {
  if (url === undefined) return undefined;
  const { openRedisLink } = await import('./open-redis-link.ts');
  let reason = 'no answer';
  const link = await openRedisLink({ ...options, url, onTrouble: (message) => (reason = message) });
  const tell = (state: 'up' | 'down'): void => {
    if (state === 'up') logger.info('Redis is back: limits and cache are shared again');
    else logger.warn({ reason }, 'Redis is away: each process goes on by itself');
  };
  if (!link.isUp()) tell('down');
  link.onChange(tell);
  return link;
}
