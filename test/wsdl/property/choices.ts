/**
 * Decisions read from a list of numbers, so that a property test can generate anything that code can build and still
 * shrink it: 0, and whatever comes after the end of the list, is always the plainest choice.
 */
export class Choices {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A whole number from 0 up to and without `end`. */
  below(end: number): number {
    const number = this.#numbers[this.#at++] ?? 0;
    return number % end;
  }

  /** True in about so many cases of a hundred; false at the end of the list. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  /** One of a list that is not empty, the first being the plainest. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}
