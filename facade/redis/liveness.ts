import type { Redis } from 'ioredis';
import type { RedisLink } from './redis-link.ts';

type Listener = Parameters<RedisLink['onChange']>[0];

/** Whether commands are worth sending. */
export interface Liveness {
  readonly isUp: () => boolean;
  /** A reply did not come in time: nothing more is asked until the server has shown that it is there. */
  readonly doubt: () => void;
  readonly onChange: (listener: Listener) => void;
  close(): void;
}

/** A server that says nothing for so long gets a new connection. */
const SILENCE_MS = 1500;

/** `subscribe` is done on each new connection before that counts as up. */
export function createLiveness(redis: Redis, subscribe: () => Promise<unknown>): Liveness {
  const listeners: Listener[] = [];
  let isUp = false;
  let watch: NodeJS.Timeout | undefined;
  /** Of the question that is open; answers to earlier ones no longer count. */
  let question = 0;
  const change = (next: boolean, isNew: boolean): void => {
    if (isUp === next) return;
    isUp = next;
    for (const listener of listeners) listener(next ? 'up' : 'down', isNew);
  };
  const expectWord = (): number => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      redis.disconnect(true);
    }, SILENCE_MS).unref();
    return (question += 1);
  };
  const ask = (work: Promise<unknown>, isNew: boolean): void => {
    const asked = expectWord();
    const onAnswer = (): void => {
      if (asked !== question) return;
      clearTimeout(watch);
      change(true, isNew);
    };
    // Of a question that fails the connection is given up in time, if it does not break by itself.
    work.then(onAnswer, () => undefined);
  };
  redis.on('connect', () => void expectWord());
  redis.on('ready', () => {
    ask(subscribe(), true);
  });
  redis.on('close', () => {
    clearTimeout(watch);
    question += 1;
    change(false, true);
  });
  return {
    isUp: () => isUp,
    doubt() {
      if (!isUp) return;
      change(false, false);
      ask(redis.ping(), false);
    },
    onChange: (listener) => void listeners.push(listener),
    close() {
      clearTimeout(watch);
      question += 1;
      isUp = false;
    },
  };
}
