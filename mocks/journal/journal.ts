import type { MockCall } from './mock-call.ts';
import { keepCall, type CallReport, type KeptCall } from './to-call.ts';

const MOST_CALLS = 1000;
const MOST_BYTES = 32 * 1024 * 1024;

/** The latest calls, oldest first; older ones are forgotten: at most 1,000, and 32 MiB of messages. */
export class Journal {
  #kept: KeptCall[] = [];
  #bytes = 0;
  #count = 0;

  get kept(): readonly KeptCall[] {
    return this.#kept;
  }

  get calls(): readonly MockCall[] {
    return this.#kept.map(({ call }) => call);
  }

  add(report: CallReport): void {
    this.#count += 1;
    const kept = keepCall(this.#count, report);
    this.#kept.push(kept);
    this.#bytes += kept.bytes;
    while (this.#kept.length > MOST_CALLS || this.#bytes > MOST_BYTES)
      this.#bytes -= this.#kept.shift()?.bytes ?? this.#bytes;
  }

  /** Forgets all calls; their numbers are not given again. */
  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
  }
}
