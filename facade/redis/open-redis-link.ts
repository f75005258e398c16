import { once } from 'node:events';
import { Command, Redis } from 'ioredis';
import type { RedisConfig } from '../config/config.ts';
import { answerWithin } from './answer-within.ts';
import { createLiveness } from './liveness.ts';
import { RedisError, type RedisArgument, type RedisLink } from './redis-link.ts';

const CONNECT_TIMEOUT_MS = 2000;
/** Between two attempts to connect. */
const LONGEST_PAUSE_MS = 1000;
const FIRST_PAUSE_MS = 50;
/** How long a start waits for a server before it goes on without. */
const FIRST_CONNECTION_MS = 1000;

export interface RedisLinkOptions extends RedisConfig {
  readonly url: string;
  /** Told of what keeps the server away; the message holds no secret. */
  readonly onTrouble: (message: string) => void;
}

/** Never fails: a server that is away now may come. Resolves once it is there, or is known to be away. */
export async function openRedisLink(options: RedisLinkOptions): Promise<RedisLink> {
  const { url, prefix, timeoutMilliseconds, onTrouble } = options;
  const redis = new Redis(url, redisOptions);
  const listeners = new Map<string, ((message: Uint8Array) => void)[]>();
  redis.on('messageBuffer', (channel: Buffer, message: Buffer) => {
    for (const listener of listeners.get(channel.toString()) ?? []) listener(message);
  });
  // An error of ioredis holds the command, and so perhaps a password; its message does not.
  redis.on('error', (error: Error) => {
    onTrouble(error.message);
  });
  const subscribeAll = async (): Promise<void> => {
    if (listeners.size > 0) await redis.subscribe(...listeners.keys());
  };
  const liveness = createLiveness(redis, subscribeAll);
  const send = (
    command: string,
    args: readonly RedisArgument[],
    replyEncoding: BufferEncoding | null,
  ): Promise<unknown> => {
    if (!liveness.isUp()) return Promise.reject(new RedisError('away', 'Redis is not connected'));
    const work = redis.sendCommand(
      new Command(command, toArguments(args), { replyEncoding }),
    ) as Promise<unknown>;
    return answerWithin(work, timeoutMilliseconds, liveness.doubt);
  };
  const link: RedisLink = {
    isUp: liveness.isUp,
    keyOf: (kind, id) => `${prefix}:${kind}:${id}`,
    call: (command, args) => send(command, args, 'utf8'),
    callForBytes: (command, args) => send(command, args, null),
    async run({ sha1, lua }, keys, args, texts = 'strings') {
      const call = texts === 'bytes' ? link.callForBytes : link.call;
      const rest = [keys.length, ...keys, ...args];
      try {
        return await call('EVALSHA', [sha1, ...rest]);
      } catch (error) {
        if (!(error instanceof RedisError) || !error.message.startsWith('NOSCRIPT')) throw error;
        return call('EVAL', [lua, ...rest]);
      }
    },
    subscribe(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      if (liveness.isUp())
        redis.subscribe(channel).catch(() => {
          redis.disconnect(true);
        });
    },
    onChange: liveness.onChange,
    async close() {
      liveness.close();
      const isOpen = redis.status === 'ready' || redis.status === 'connect';
      const ended = isOpen ? once(redis, 'end') : undefined;
      redis.disconnect();
      await ended;
    },
  };
  await firstWord(redis, liveness.onChange);
  return link;
}

const redisOptions = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  disconnectTimeout: 500,
  retryStrategy: (times: number) =>
    Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - 1)) * (0.5 + Math.random() / 2),
  // A command is for now or not at all.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  // `createLiveness` does it, to know when it has worked.
  autoResubscribe: false,
  // The server that was the primary may have become a replica.
  reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
};

function toArguments(args: readonly RedisArgument[]): (string | number | Buffer)[] {
  return args.map((one) =>
    one instanceof Uint8Array ? Buffer.from(one.buffer, one.byteOffset, one.byteLength) : one,
  );
}

/** Connected, or the first attempt has failed, or that takes too long. */
async function firstWord(redis: Redis, onChange: RedisLink['onChange']): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FIRST_CONNECTION_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    onChange(done);
    redis.once('close', done);
  });
}
