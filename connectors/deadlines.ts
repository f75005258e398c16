/** Something that has to end by a time. */
export interface Bounded {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  onDeadline(): void;
  /** Kept by `Deadlines`: where it stands among the others; -1: nowhere. */
  place: number;
}

const LONGEST_TIMER_MS = 0x7fffffff;

/**
 * One timer for the deadlines of all calls, set to the earliest. Nearly all calls end long before, and then leave it as it is: it
 * comes once for nothing, and is set anew. A timer of its own would cost each call a tenth of what Portico adds to it.
 */
export class Deadlines {
  readonly #bounded: Bounded[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** When the timer comes. */
  #next = Infinity;

  add(bounded: Bounded): void {
    bounded.place = this.#bounded.push(bounded) - 1;
    if (bounded.deadline < this.#next) this.#set(bounded.deadline);
  }

  /** The last one takes its place. */
  remove(bounded: Bounded): void {
    const { place } = bounded;
    if (place === -1) return;
    bounded.place = -1;
    const last = this.#bounded.pop()!;
    if (last === bounded) return;
    this.#bounded[place] = last;
    last.place = place;
  }

  #set(time: number): void {
    clearTimeout(this.#timer);
    this.#next = time;
    const left = Math.min(LONGEST_TIMER_MS, Math.max(0, time - Date.now()));
    // What keeps the process alive is the connection of a call.
    this.#timer = setTimeout(this.#onTime, left).unref();
  }

  readonly #onTime = (): void => {
    const now = Date.now();
    this.#next = Infinity;
    for (const one of this.#bounded.filter(({ deadline }) => deadline <= now)) {
      // The end of one may have been that of another.
      if (one.place === -1) continue;
      this.remove(one);
      one.onDeadline();
    }
    const earliest = this.#bounded.reduce((least, { deadline }) => Math.min(least, deadline), Infinity);
    if (earliest < this.#next) this.#set(earliest);
  };
}

/** Of all connectors. */
export const deadlines: Deadlines = new Deadlines();
