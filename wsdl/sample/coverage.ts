/** What there is to choose at a place of the contract. */
type Aspect = 'branch' | 'type' | 'count' | 'recursion' | 'nil' | 'value' | 'given' | 'wildcard';

/**
 * Remembers, over a row of samples, which way was taken at each place of the contract, so that the next sample takes another:
 * each branch, derived type, count and edge value comes at least once, never their product.
 */
export class Coverage {
  readonly #visits = new Map<Aspect, Map<unknown, number[]>>();
  readonly #finished = new Set<unknown>();
  /** Ways taken for the first time so far. */
  found = 0;
  /** Places so far that were filled with the bare minimum because the sample had become too large. */
  starved = 0;

  /**
   * One of `count` ways at a place: the first that was never taken; then always `steady`, or without it the one taken least.
   */
  next(aspect: Aspect, place: unknown, count: number, steady?: number): number {
    const visits = this.#visitsOf(aspect, place, count);
    const fresh = visits.indexOf(0);
    const chosen = fresh >= 0 ? fresh : (steady ?? visits.indexOf(Math.min(...visits)));
    if (fresh >= 0) this.found++;
    visits[chosen]!++;
    return chosen;
  }

  /** Whether nothing new was found within a member when it was last made in full. */
  isFinished(member: unknown): boolean {
    return this.#finished.has(member);
  }

  /** Makes a member, and notes whether it pays to make it again. */
  watch<T>(member: unknown, make: () => T): T {
    const { found, starved } = this;
    const made = make();
    if (this.found === found && this.starved === starved) this.#finished.add(member);
    return made;
  }

  #visitsOf(aspect: Aspect, place: unknown, count: number): number[] {
    const places = this.#visits.get(aspect) ?? new Map<unknown, number[]>();
    this.#visits.set(aspect, places);
    const visits = places.get(place) ?? Array.from({ length: count }, () => 0);
    places.set(place, visits);
    return visits;
  }
}
