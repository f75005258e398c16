import { EVERY_TAG } from './answer-store.ts';

/** Tags remembered one by one. */
const MOST_TAGS = 100_000;

/**
 * When tags were last forgotten. Time is counted in forgettings, so that no two of them are at the same time. Of too many tags
 * the one forgotten longest ago is no longer told from the others: whatever has tags and is as old counts as forgotten.
 */
export class ForgottenTags {
  readonly #most: number;
  readonly #times = new Map<string, number>();
  #now = 0;
  #floor = 0;

  constructor(most: number = MOST_TAGS) {
    this.#most = most;
  }

  get now(): number {
    return this.#now;
  }

  add(tags: readonly string[]): void {
    this.#now += 1;
    for (const tag of tags) {
      this.#times.delete(tag);
      this.#times.set(tag, this.#now);
    }
    while (this.#times.size > this.#most) this.#dropOldest();
  }

  /** Whether one of the tags has been forgotten since `mark`. */
  has(tags: readonly string[], mark: number): boolean {
    if (mark === this.#now || tags.length === 0) return false;
    if (mark < this.#floor || this.#isLater(EVERY_TAG, mark)) return true;
    return tags.some((tag) => this.#isLater(tag, mark));
  }

  #isLater(tag: string, mark: number): boolean {
    return (this.#times.get(tag) ?? 0) > mark;
  }

  #dropOldest(): void {
    const [tag, time] = this.#times.entries().next().value!;
    this.#times.delete(tag);
    this.#floor = Math.max(this.#floor, time);
  }
}
