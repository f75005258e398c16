const FIRST_BYTES = 256 * 1024;
/** Lines are turned into bytes together, up to so many characters of them: a call of the encoder costs as much as a line. */
const MOST_CHARACTERS = 4096;
/** A UTF-16 code unit takes at most so many bytes of UTF-8. */
const MOST_BYTES_EACH = 3;

/**
 * Lines as bytes, a few at a time turned into them while they are young: kept as strings until they are written, all their parts
 * would have to be carried along by the garbage collector.
 */
export class LineBuffer {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;
  #text = '';

  /** Bytes; of the last few lines, characters. */
  get length(): number {
    return this.#length + this.#text.length;
  }

  add(line: string): void {
    this.#text += line;
    if (this.#text.length >= MOST_CHARACTERS) this.#encode();
  }

  #encode(): void {
    const needed = this.#length + this.#text.length * MOST_BYTES_EACH;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += this.#bytes.write(this.#text, this.#length);
    this.#text = '';
  }

  /** All that was added, which is the taker's alone. */
  take(): Uint8Array {
    this.#encode();
    const taken = this.#bytes.subarray(0, this.#length);
    if (this.#length > 0) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
    this.#length = 0;
    return taken;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
