/** Upper bounds in milliseconds; what takes longer counts only in the total. */
const BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000];

/** How long things took, counted without a word of memory for each. */
export class DurationHistogram {
  /** By bound, not yet cumulative; the last is for what is longer than all bounds. */
  readonly #counts = new Float64Array(BOUNDS.length + 1);
  #sum = 0;

  observe(ms: number): void {
    let index = 0;
    while (index < BOUNDS.length && ms > BOUNDS[index]!) index += 1;
    this.#counts[index]! += 1;
    this.#sum += ms;
  }

  /** Cumulative counts by upper bound in seconds, and the sum of all durations in seconds, as Prometheus has it. */
  read(): { readonly buckets: readonly (readonly [le: number, count: number])[]; readonly sum: number } {
    let total = 0;
    const buckets = Array.from(this.#counts, (count, index) => {
      total += count;
      return [(BOUNDS[index] ?? Infinity) / 1000, total] as const;
    });
    return { buckets, sum: this.#sum / 1000 };
  }
}
