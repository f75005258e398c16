import type { ClientRateLimitInfo, Store } from 'express-rate-limit';

interface Window {
  totalHits: number;
  readonly resetTime: Date;
}

/**
 * express-rate-limit's store for one machine, without a promise or a timer for each request. Windows begin with a key's
 * first hit. Of two generations the older one is forgotten once all its windows have ended.
 */
export class WindowStore implements Store {
  readonly localKeys = true;
  readonly #windowMs: number;
  #present = new Map<string, Window>();
  #past = new Map<string, Window>();
  #turnAt = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  increment(key: string): ClientRateLimitInfo {
    const now = Date.now();
    if (now >= this.#turnAt) this.#turn(now);
    const known = this.#present.get(key) ?? this.#past.get(key);
    const window = known !== undefined && known.resetTime.getTime() > now ? known : this.#begin(key, now);
    window.totalHits += 1;
    return window;
  }

  decrement(key: string): void {
    const window = this.#present.get(key) ?? this.#past.get(key);
    if (window !== undefined && window.totalHits > 0) window.totalHits -= 1;
  }

  resetKey(key: string): void {
    this.#present.delete(key);
    this.#past.delete(key);
  }

  #begin(key: string, now: number): Window {
    const window = { totalHits: 0, resetTime: new Date(now + this.#windowMs) };
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
