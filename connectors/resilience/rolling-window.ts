const SLOTS = 10;

/** Counts of the last while, in slots that are cleared as their time comes round again. */
export class RollingWindow {
  readonly #slotMs: number;
  readonly #succeeded = new Uint32Array(SLOTS);
  readonly #failed = new Uint32Array(SLOTS);
  #current: number;

  /** `now` in milliseconds, as everywhere here. */
  constructor(windowMs: number, now: number) {
    this.#slotMs = windowMs / SLOTS;
    this.#current = this.#slotOf(now);
  }

  add(isFailure: boolean, now: number): void {
    this.#advance(now);
    const slot = this.#current % SLOTS;
    if (isFailure) this.#failed[slot]! += 1;
    else this.#succeeded[slot]! += 1;
  }

  counts(now: number): { readonly total: number; readonly failed: number } {
    this.#advance(now);
    const failed = sum(this.#failed);
    return { total: failed + sum(this.#succeeded), failed };
  }

  clear(): void {
    this.#failed.fill(0);
    this.#succeeded.fill(0);
  }

  #advance(now: number): void {
    const slot = this.#slotOf(now);
    if (slot - this.#current >= SLOTS) this.clear();
    else
      for (let passed = this.#current + 1; passed <= slot; passed += 1) {
        this.#failed[passed % SLOTS] = 0;
        this.#succeeded[passed % SLOTS] = 0;
      }
    this.#current = Math.max(slot, this.#current);
  }

  #slotOf(now: number): number {
    return Math.floor(now / this.#slotMs);
  }
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
