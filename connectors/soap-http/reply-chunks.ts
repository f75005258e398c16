/** Says to whoever sends the chunks what their reader wants. */
export interface ChunkSource {
  pause(): void;
  resume(): void;
  /** The reader wants no more. */
  cancel(): void;
}

/** Bytes that wait for their reader; beyond them the service has to wait. */
const MOST_WAITING = 256 * 1024;

/** The bytes of an answer between the connection that they come on and the one reader that takes them. */
export class ReplyChunks implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: ChunkSource;
  #chunks: Uint8Array[] = [];
  #waiting = 0;
  #isPaused = false;
  #isComplete = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(source: ChunkSource) {
    this.#source = source;
  }

  /** All bytes, if they have come already and nobody has taken any. */
  get whole(): Uint8Array | undefined {
    if (!this.#isComplete || this.#error !== undefined) return undefined;
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }

  /**
   * Gives the memory of `whole` back at once (see ADR 0127), also where it is only a part: beside it stand the head of the same answer
   * and what nobody reads, as all of the answer has come.
   */
  release(): void {
    if (!this.#isComplete) return;
    for (const { buffer } of this.#chunks) if (isOwn(buffer)) buffer.transfer(0);
    this.#chunks = [];
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
    this.#wake?.();
    if (this.#waiting < MOST_WAITING || this.#isPaused) return;
    this.#isPaused = true;
    this.#source.pause();
  }

  complete(): void {
    this.#isComplete = true;
    this.#wake?.();
  }

  /** What has come before is still read. */
  fail(error: Error): void {
    this.#error ??= error;
    this.#wake?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#waiting -= chunk.length;
        return { done: false, value: chunk };
      }
      // What was held back may come within this call, so it is looked for once more.
      if (this.#resume()) continue;
      if (this.#error !== undefined) throw this.#error;
      if (this.#isComplete) return { done: true, value: undefined };
      await this.#more();
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (!this.#isComplete && this.#error === undefined) this.#source.cancel();
    this.#isComplete = true;
    this.#chunks = [];
    return { done: true, value: undefined };
  }

  /** @returns whether the sender had to wait. */
  #resume(): boolean {
    if (!this.#isPaused) return false;
    this.#isPaused = false;
    this.#source.resume();
    return true;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = (): void => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}

/** Memory of what was read from a connection; what Node's pool is made of, which is for many, is of another size. */
function isOwn(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer instanceof ArrayBuffer && buffer.byteLength > 0 && buffer.byteLength !== Buffer.poolSize;
}
