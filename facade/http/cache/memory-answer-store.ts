import { LRUCache } from 'lru-cache';
import type { Clock } from '../auth/authenticate.ts';
import type { AnswerStore, Found } from './answer-store.ts';
import { sizeOf, type CachedAnswer } from './cached-answer.ts';
import { ForgottenTags } from './forgotten-tags.ts';

/** An answer larger than this share of the memory would drive out too many others. */
const LARGEST_SHARE = 1 / 8;
/** What an entry takes besides key and body: measured with a million of them. */
const OVERHEAD_BYTES = 640;
const TAG_BYTES = 48;

interface Entry {
  readonly answer: CachedAnswer;
  readonly tags: readonly string[];
  /** Up to here it is known that no tag has been forgotten. */
  mark: number;
  isDoubtful: boolean;
  readonly keepUntil: number;
}

/** Answers in the memory of this process, of bounded size; the least recently used go first. */
export class MemoryAnswerStore implements AnswerStore<number> {
  readonly #answers: LRUCache<string, Entry>;
  readonly #forgotten = new ForgottenTags();
  readonly #clock: Clock;
  /** What was marked before may have missed that a tag was forgotten. */
  #doubtBefore = 0;

  constructor(bytes: number, clock: Clock) {
    this.#clock = clock;
    this.#answers = new LRUCache({
      maxSize: bytes,
      maxEntrySize: Math.floor(bytes * LARGEST_SHARE),
      sizeCalculation: ({ answer, tags }, key) =>
        sizeOf(answer) + key.length + tags.reduce((sum, tag) => sum + tag.length + TAG_BYTES, OVERHEAD_BYTES),
    });
  }

  /** By its own reckoning. */
  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  find(key: string): Found<number> {
    const entry = this.#answers.get(key);
    if (entry === undefined) return { mark: this.#forgotten.now };
    if (entry.keepUntil <= this.#clock() || this.#forgotten.has(entry.tags, entry.mark)) {
      this.#answers.delete(key);
      return { mark: this.#forgotten.now };
    }
    if (entry.tags.length > 0 && entry.mark < this.#doubtBefore) entry.isDoubtful = true;
    entry.mark = this.#forgotten.now;
    return entry;
  }

  store(key: string, tags: readonly string[], answer: CachedAnswer, mark: number, keepMs: number): void {
    if (this.#forgotten.has(tags, mark)) return;
    const isDoubtful = tags.length > 0 && mark < this.#doubtBefore;
    this.#answers.set(key, { answer, tags, mark, isDoubtful, keepUntil: answer.storedAt + keepMs });
  }

  /** An answer has become larger since it was stored. */
  resize(key: string, answer: CachedAnswer): void {
    const entry = this.#answers.peek(key);
    if (entry?.answer === answer) this.#answers.set(key, { ...entry });
  }

  remove(key: string): void {
    this.#answers.delete(key);
  }

  forget(tags: readonly string[]): void {
    this.#forgotten.add(tags);
  }

  /** From now on answers that have tags are doubtful: somebody else may have forgotten some. */
  doubt(): void {
    this.#forgotten.add([]);
    this.#doubtBefore = this.#forgotten.now;
  }
}
