import type { RedisLink } from '../../redis/redis-link.ts';
import { EVERY_TAG, type AnswerStore } from './answer-store.ts';

/** Tells the shared store what is forgotten, at once or as soon as it can be told. */
export interface SharedTags {
  /** Whether it knows of all that this process has forgotten. Until then what it has may be out of date. */
  isTold(): boolean;
  /** Never fails. Resolves when all processes have been told, or cannot be for now. */
  forget(tags: readonly string[]): Promise<void>;
}

/** Of more tags waiting to be told, every tag is forgotten instead. */
const MOST_WAITING = 10_000;
const RETRY_MS = 1000;

export function createSharedTags(
  redis: Pick<RedisLink, 'isUp' | 'onChange'>,
  store: Pick<AnswerStore<unknown>, 'forget'>,
): SharedTags {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const keep = (tags: readonly string[]): void => {
    for (const tag of tags) waiting.add(tag);
    if (waiting.size > MOST_WAITING) {
      waiting.clear();
      waiting.add(EVERY_TAG);
    }
    // While Redis is away, `up` is what to wait for.
    if (redis.isUp()) timer ??= setTimeout(() => void tellWaiting(), RETRY_MS).unref();
  };
  const tell = async (tags: readonly string[]): Promise<boolean> => {
    try {
      await store.forget(tags);
      return true;
    } catch {
      // Whatever the reason: the write itself has succeeded.
      keep(tags);
      return false;
    }
  };
  const tellWaiting = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const tags = [...waiting];
    if (tags.length === 0 || !(await tell(tags))) return;
    for (const tag of tags) waiting.delete(tag);
  };
  redis.onChange((state) => {
    if (state === 'up') void tellWaiting();
  });
  return {
    isTold: () => waiting.size === 0,
    async forget(tags) {
      await tell(tags);
    },
  };
}
