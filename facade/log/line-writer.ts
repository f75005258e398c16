import { write, writeSync } from 'node:fs';
import { LineBuffer } from './line-buffer.ts';

/** Writes lines to a file descriptor without making anybody wait for it. */
export interface LineWriter {
  write(line: string): void;
  /** Resolves when all that was written before is out, or cannot be. */
  flush(): Promise<void>;
  /** What has not gone out yet goes to another descriptor. Resolves with the one before, when nothing is on its way there. */
  redirect(descriptor: number): Promise<number>;
  /** At the end of the process it need not be thought of any more. */
  forget(): void;
}

/** Hears that lines could not be written, and are lost: with the first of them, and again after some were written. */
export type OnLost = (error: Error) => void;

/** Lines are gathered to this many bytes, or for this many milliseconds, and written off the event loop. */
const RUN_BYTES = 128 * 1024;
const RUN_MS = 100;
/** So many bytes wait for a reader that does not read; what comes then is dropped, and counted. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A full pipe is tried again after so many milliseconds, and at the process's end so many times. */
const RETRY_MS = 10;
const LAST_TRIES = 100_000;
const LAST_WAIT_MS = 50;

/**
 * Lines are put into one buffer as they come and go out as a run, which costs a twentieth of what sonic-boom, pino's own
 * destination, takes for each line.
 */
export function createLineWriter(descriptor: number, onLost: OnLost = () => undefined): LineWriter {
  if (!isWatching) process.once('exit', writeRest);
  isWatching = true;
  const writer = new Writer(descriptor, onLost);
  writers.add(writer);
  return writer;
}

const writers = new Set<Writer>();
let isWatching = false;

/** At the end of the process nothing can be waited for. */
function writeRest(): void {
  for (const writer of writers) writer.writeRest();
}

class Writer implements LineWriter {
  #descriptor: number;
  readonly #onLost: OnLost;
  #isFailing = false;
  /** Descriptors to turn to, as soon as no run is on its way. */
  #turns: (() => void)[] = [];
  readonly #lines = new LineBuffer();
  #dropped = 0;
  /** Bytes on their way out. */
  #run: Uint8Array | undefined;
  /** Whether they are in the hands of a thread just now. */
  #isOut = false;
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];

  constructor(descriptor: number, onLost: OnLost) {
    this.#descriptor = descriptor;
    this.#onLost = onLost;
  }

  write(line: string): void {
    if (this.#lines.length > MOST_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#lines.add(line);
    if (this.#lines.length >= RUN_BYTES) this.#start();
    else this.#timer ??= setTimeout(this.#start, RUN_MS).unref();
  }

  flush(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#start();
    });
  }

  redirect(descriptor: number): Promise<number> {
    return new Promise((resolve) => {
      this.#turns.push(() => {
        resolve(this.#descriptor);
        this.#descriptor = descriptor;
      });
      if (this.#run === undefined) this.#turn();
    });
  }

  forget(): void {
    writers.delete(this);
  }

  #turn(): void {
    for (const turn of this.#turns.splice(0)) turn();
  }

  writeRest(): void {
    // A thread is about to finish this run; what follows it has to come after it.
    if (this.#isOut) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_WAIT_MS);
    const run = this.#isOut ? undefined : this.#run;
    let rest: Uint8Array = Buffer.concat([run ?? new Uint8Array(), this.#take()]);
    for (let tries = 0; rest.length > 0 && tries < LAST_TRIES; tries += 1) {
      try {
        rest = rest.subarray(writeSync(this.#descriptor, rest));
      } catch (error) {
        if (!isFull(error)) return;
      }
    }
  }

  readonly #start = (): void => {
    if (this.#run !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) {
      for (const resolve of this.#waiting.splice(0)) resolve();
      return;
    }
    this.#send(this.#take());
  };

  #take(): Uint8Array {
    if (this.#dropped > 0) {
      this.#lines.add(
        `{"level":40,"dropped":${this.#dropped},"msg":"Log lines were dropped: nobody reads them"}\n`,
      );
    }
    this.#dropped = 0;
    return this.#lines.take();
  }

  #send(run: Uint8Array): void {
    this.#run = run;
    this.#isOut = true;
    write(this.#descriptor, run, (error, written) => {
      this.#isOut = false;
      if (isFull(error)) setTimeout(() => this.#send(run), RETRY_MS);
      else if (error === null && written < run.length) this.#send(run.subarray(written));
      else this.#sent(error);
    });
  }

  #sent(error: Error | null): void {
    if (error !== null && !this.#isFailing) this.#onLost(error);
    this.#isFailing = error !== null;
    this.#run = undefined;
    this.#turn();
    if (this.#waiting.length > 0 || this.#lines.length >= RUN_BYTES) this.#start();
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
