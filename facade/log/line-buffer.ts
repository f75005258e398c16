const FIRST_BYTES = 256 * 1024;
/** A UTF-16 code unit takes at most so many bytes of UTF-8. */
const MOST_BYTES_EACH = 3;

/**
 * Lines as bytes, each turned into them while it is young: kept as strings until they are written, all their parts would have
 * to be carried along by the garbage collector.
 */
export class LineBuffer {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  /** Bytes. */
  get length(): number {
    return this.#length;
  }

  add(line: string): void {
    const needed = this.#length + line.length * MOST_BYTES_EACH;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += this.#bytes.write(line, this.#length);
  }

  /** All that was added, which is the taker's alone. */
  take(): Uint8Array {
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
