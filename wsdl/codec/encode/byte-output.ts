/** Bytes written before they are handed on: the codes of many small writes need one buffer that never moves. */
const SIZE = 64 * 1024;
/** Room kept behind `LAST`, several times what a stored literal and a value of `LONGEST_CERTAIN` need. */
const MARGIN = 1024;
/** Position up to which a literal and a certain value may be written without another look at the room. */
export const LAST: number = SIZE - MARGIN;
/** A character of UTF-16 needs at most so many octets of UTF-8. */
const MOST_OCTETS = 3;
/** Where a string is shorter, encoding it as it goes costs less than to reckon with its real length. */
const SAFE_LENGTH = (SIZE - MARGIN) / MOST_OCTETS;

/**
 * Where encoders write UTF-8. They hold the position themselves, as a local variable, and give it back: every method takes
 * and returns it. One output serves all, one message after the other: encoding is synchronous.
 */
export class ByteOutput {
  readonly bytes: Buffer = Buffer.from(new ArrayBuffer(SIZE));
  readonly view: DataView = new DataView(this.bytes.buffer);
  #full: Uint8Array[] = [];

  /** @returns the first position. */
  begin(): number {
    this.#full = [];
    return 0;
  }

  /** Makes room for short pieces. */
  flush(at: number): number {
    if (at > 0) this.#full.push(this.#written(at));
    return 0;
  }

  /** Bytes known before. */
  copy(at: number, bytes: Uint8Array): number {
    if (at + bytes.length <= LAST) {
      this.bytes.set(bytes, at);
      return at + bytes.length;
    }
    this.flush(at);
    this.#full.push(bytes);
    return 0;
  }

  /** Well-formed text of any length, escaped where it must be. */
  text(at: number, text: string): number {
    if (at + text.length * MOST_OCTETS <= LAST) return at + this.bytes.write(text, at);
    if (text.length > SAFE_LENGTH) return this.copy(at, Buffer.from(text));
    const start = this.flush(at);
    return start + this.bytes.write(text, start);
  }

  /** @returns all that was written, in memory of its own. */
  take(at: number): Buffer {
    if (this.#full.length === 0) return this.#written(at);
    this.flush(at);
    const all = Buffer.concat(this.#full);
    this.#full = [];
    return all;
  }

  #written(at: number): Buffer {
    const copy = Buffer.allocUnsafe(at);
    this.bytes.copy(copy, 0, 0, at);
    return copy;
  }
}

export const output: ByteOutput = new ByteOutput();
