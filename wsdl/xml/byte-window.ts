import { isUtf8 } from 'node:buffer';
import { notXml } from './xml-error.ts';

const SMALLEST = 4096;

/**
 * The bytes received and not yet consumed. Behind the last one stands a NUL, which no scanner runs over: reaching it
 * at `length` means that more bytes are needed, and before `length` that the document has an illegal NUL.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  /** First byte not consumed. */
  position = 0;
  length = 0;
  #latin1: string | undefined;

  append(chunk: Uint8Array): void {
    const kept = this.length - this.position;
    this.#makeRoom(kept, kept + chunk.length + 1);
    this.bytes.set(chunk, kept);
    this.position = 0;
    this.length = kept + chunk.length;
    this.bytes[this.length] = 0;
    this.#latin1 = undefined;
  }

  /** The characters of some bytes, which the caller knows to be ASCII or not. */
  slice(start: number, end: number, nonAscii: boolean): string {
    if (nonAscii) return this.#utf8(start, end);
    this.#latin1 ??= this.bytes.toString('latin1', 0, this.length);
    return this.#latin1.slice(start, end);
  }

  indexOf(text: string, from: number): number {
    return this.bytes.subarray(0, this.length).indexOf(text, from, 'latin1');
  }

  startsWith(text: string, at: number): boolean {
    return this.bytes.toString('latin1', at, Math.min(at + text.length, this.length)) === text;
  }

  #makeRoom(kept: number, needed: number): void {
    const old = this.bytes;
    if (needed > old.length) this.bytes = Buffer.allocUnsafeSlow(Math.max(SMALLEST, needed, kept * 2));
    if (this.bytes !== old || this.position > 0) old.copy(this.bytes, 0, this.position, this.length);
  }

  #utf8(start: number, end: number): string {
    if (!isUtf8(this.bytes.subarray(start, end))) notXml('the bytes are not valid UTF-8');
    const text = this.bytes.toString('utf8', start, end);
    if (/[\uFFFE\uFFFF]/.test(text)) notXml('an illegal character');
    return text;
  }
}
