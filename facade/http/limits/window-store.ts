import type { LimitStore, Standing } from './limit-store.ts';

interface Window {
  hits: number;
  readonly endsAt: number;
}

/** Windows of one generation. An attacker with ever new addresses must not fill the memory. */
const MOST_WINDOWS = 250_000;

/**
 * Windows in the memory of this process, without a promise or a timer for each request. Of two generations the older one is
 * forgotten once all its windows have ended, or sooner if there are too many.
 */
export class WindowStore implements LimitStore {
  readonly #windowMs: number;
  readonly #most: number;
  #present = new Map<string, Window>();
  #past = new Map<string, Window>();
  #turnAt = 0;

  constructor(windowMs: number, most: number = MOST_WINDOWS) {
    this.#windowMs = windowMs;
    this.#most = most;
  }

  hit(key: string): Standing {
    const now = Date.now();
    if (now >= this.#turnAt || this.#present.size >= this.#most) this.#turn(now);
    const known = this.#present.get(key) ?? this.#past.get(key);
    const window = known !== undefined && known.endsAt > now ? known : this.#begin(key, now);
    window.hits += 1;
    return window;
  }

  #begin(key: string, now: number): Window {
    const window = { hits: 0, endsAt: now + this.#windowMs };
    this.#past.delete(key);
    this.#present.set(key, window);
    return window;
  }

  #turn(now: number): void {
    this.#past = this.#present;
    this.#present = new Map();
    this.#turnAt = now + this.#windowMs;
  }
}
