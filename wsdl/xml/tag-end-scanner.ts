import type { ByteWindow } from './byte-window.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const NO_QUOTE = 0;

/**
 * Looks for the end of a tag whose bytes had not all come, so that the tag is parsed again only when it is complete:
 * parsing it at each of many small chunks would cost the square of its length.
 */
export class TagEndScanner {
  #active = false;
  #offset = 0;
  #quote = NO_QUOTE;

  /** The tag at the window's position was found incomplete. */
  begin(): void {
    this.#active = true;
    this.#offset = 1;
    this.#quote = NO_QUOTE;
  }

  /** @returns true if the tag is worth parsing: it has an end, or is malformed. */
  reached({ bytes, position, length }: ByteWindow): boolean {
    if (!this.#active) return true;
    for (let p = position + this.#offset; p < length; p++) {
      const byte = bytes[p]!;
      if (byte === LESS || (byte === GREATER && this.#quote === NO_QUOTE)) return this.#finish();
      if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) this.#toggle(byte);
    }
    this.#offset = length - position;
    return false;
  }

  /** The tag is to be parsed as it is: no more bytes will come. */
  reset(): void {
    this.#active = false;
  }

  #finish(): true {
    this.#active = false;
    return true;
  }

  #toggle(quote: number): void {
    if (this.#quote === NO_QUOTE) this.#quote = quote;
    else if (this.#quote === quote) this.#quote = NO_QUOTE;
  }
}
