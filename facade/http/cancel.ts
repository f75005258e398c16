import type { CallerSignal } from '../../connectors/index.ts';

type Listener = Parameters<CallerSignal['addEventListener']>[1];

/**
 * Ends what is done for one request. An AbortController with its signal costs several times as much, and of a thousand requests
 * none is cancelled.
 */
export class Cancel implements CallerSignal {
  aborted = false;
  #listeners: Listener[] = [];

  addEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: Listener): void {
    const place = this.#listeners.indexOf(listener);
    if (place !== -1) this.#listeners.splice(place, 1);
  }

  /** Listeners hear of it once. */
  abort(): void {
    this.aborted = true;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) {
      if (typeof listener === 'function') listener();
      else listener.handleEvent();
    }
  }
}
