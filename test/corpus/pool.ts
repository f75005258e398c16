import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckOptions } from './check-row.ts';
import type { ContractRow } from './inventory.ts';
import { lostOutcome, type Outcome } from './outcome.ts';
import type { Done, Job } from './worker.ts';

export interface PoolOptions extends CheckOptions {
  readonly workers: number;
  /** For one contract. */
  readonly maxSeconds: number;
  /** Resident memory of one worker, in bytes. */
  readonly maxMemory: number;
  readonly onOutcome?: (outcome: Outcome) => void;
}

export interface PoolResult {
  readonly outcomes: readonly Outcome[];
  /** The most that all workers together held at any moment seen, in bytes. */
  readonly peakMemory: number;
}

/** How often the memory of the workers is looked at. */
const LOOK_MS = 200;

/** Checks contracts in processes of their own: one that hangs or takes too much memory fails alone. */
export async function runPool(rows: readonly ContractRow[], options: PoolOptions): Promise<PoolResult> {
  const queue = rows.toSorted((one, other) => other.bytes - one.bytes);
  const outcomes: Outcome[] = [];
  const lanes = Array.from({ length: options.workers }, () => new Lane(options));
  let peakMemory = 0;
  const looking = setInterval(() => {
    const total = lanes.reduce((sum, lane) => sum + lane.watchMemory(), process.memoryUsage.rss());
    peakMemory = Math.max(peakMemory, total);
  }, LOOK_MS);
  await Promise.all(
    lanes.map(async (lane) => {
      for (let row = queue.shift(); row; row = queue.shift()) {
        const outcome = await lane.check(row);
        outcomes.push(outcome);
        options.onOutcome?.(outcome);
      }
      lane.close();
    }),
  );
  clearInterval(looking);
  return { outcomes, peakMemory };
}

/** One worker at a time: a new one where the last was stopped or has grown. */
class Lane {
  readonly #options: PoolOptions;
  #worker: ChildProcess | undefined;
  #stop: ((reason: string) => void) | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async check(row: ContractRow): Promise<Outcome> {
    const start = performance.now();
    const worker = (this.#worker ??= startWorker(this.#options.maxMemory));
    const { promise, resolve } = Promise.withResolvers<Done | string>();
    const timer = setTimeout(() => {
      resolve(`it took more than ${this.#options.maxSeconds} s`);
    }, this.#options.maxSeconds * 1000);
    const onExit = (code: number | null, signal: string | null): void => {
      resolve(`the worker ended with ${signal ?? `exit code ${code}`}`);
    };
    this.#stop = resolve;
    worker.once('message', (done) => {
      resolve(done as Done);
    });
    worker.once('exit', onExit);
    worker.send({ row, options: checkOptions(this.#options) } satisfies Job);
    const done = await promise;
    clearTimeout(timer);
    this.#stop = undefined;
    worker.removeAllListeners();
    if (typeof done === 'string' || done.memory > this.#options.maxMemory / 2) this.close();
    return typeof done === 'string'
      ? lostOutcome(row.contract, (performance.now() - start) / 1000, done)
      : done.outcome;
  }

  /** @returns the resident memory of the worker, in bytes; stops it if that is too much. */
  watchMemory(): number {
    const memory = residentMemory(this.#worker?.pid);
    const { maxMemory } = this.#options;
    if (memory > maxMemory) this.#stop?.(`it took more than ${Math.round(maxMemory / 1e6)} MB`);
    return memory;
  }

  close(): void {
    this.#worker?.kill('SIGKILL');
    this.#worker = undefined;
  }
}

function checkOptions({ catalog, dump, isQuick }: PoolOptions): CheckOptions {
  return { catalog, ...(dump !== undefined && { dump }), ...(isQuick && { isQuick }) };
}

function startWorker(maxMemory: number): ChildProcess {
  // The rest is young objects, code and the memory of libxml2.
  const heap = Math.floor((maxMemory / 2 ** 20) * 0.6);
  const execArgv = [`--max-old-space-size=${heap}`, '--max-semi-space-size=16'];
  return fork(join(import.meta.dirname, 'worker.ts'), { execArgv });
}

const PAGE = 4096;

/** Zero where the system does not tell (it is no Linux, or the process has just ended). */
function residentMemory(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE;
  } catch {
    return 0;
  }
}
