import { RedisError } from './redis-link.ts';

/**
 * The reply, if it comes in time. `onLate` hears of one that does not. A process that was itself too busy to read does not take
 * that for the server's fault: when time is up, what lies in the socket is read first.
 */
export function answerWithin<T>(reply: Promise<T>, milliseconds: number, onLate: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const timer = setTimeout(() => {
      setImmediate(() => {
        if (isSettled) return;
        onLate();
        reject(new RedisError('timeout', `Redis did not answer within ${milliseconds} ms`));
      });
    }, milliseconds);
    const settle = (): void => {
      isSettled = true;
      clearTimeout(timer);
    };
    reply.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: unknown) => {
        settle();
        reject(toRedisError(error));
      },
    );
  });
}

/** What ioredis throws holds the arguments of the command. */
function toRedisError(error: unknown): RedisError {
  const { name, message } = error as Error;
  return name === 'ReplyError'
    ? new RedisError('refused', message)
    : new RedisError('away', 'The connection to Redis broke');
}
