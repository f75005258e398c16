import type { CachedAnswer } from './cached-answer.ts';

/**
 * Where answers are kept. A tag names what an answer tells of; to forget a tag is to forget all answers that have it, those also
 * that were asked for before and come in later: a store knows by the mark of an answer when it was asked for.
 */
export interface AnswerStore<Mark> {
  /** @param tags those that the answer would have. @throws RedisError if a shared store does not answer. */
  find(key: string, tags: readonly string[]): Found<Mark> | Promise<Found<Mark>>;
  /**
   * Keeps an answer, unless one of its tags has been forgotten since `mark`.
   * @param keepMs how long it may be of use, fresh or not. @throws RedisError
   */
  store(
    key: string,
    tags: readonly string[],
    answer: CachedAnswer,
    mark: Mark,
    keepMs: number,
  ): void | Promise<void>;
  /** Forgets one answer. @throws RedisError */
  remove(key: string): void | Promise<void>;
  /** Forgets the answers that have one of the tags; `EVERY_TAG` for all that have any. @throws RedisError */
  forget(tags: readonly string[]): void | Promise<void>;
}

export interface Found<Mark> {
  readonly answer?: CachedAnswer | undefined;
  /** A tag of the answer may have been forgotten without this store having heard of it. */
  readonly isDoubtful?: boolean;
  /** Of this moment: for an answer that is asked for from now on. */
  readonly mark: Mark;
}

export const EVERY_TAG = '*';
