import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CommandStoreError, type CommandStore, type StoreTimes } from '../command-store.ts';
import type { SqliteParts, WorkerOptions, WorkerReply, WorkerRequest } from './sqlite-worker.ts';

export interface SqliteStoreOptions {
  readonly path: string;
  /** Names this process among those that share the file. */
  readonly owner: string;
  readonly times: StoreTimes;
  /** Longest wait for another process's transaction; default 5 s. */
  readonly busyMs?: number;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: CommandStoreError) => void;
}

/** The thread's own start, as a request. */
const START = 0;

/** Commands in one SQLite file, which several processes of a machine may share. @throws CommandStoreError */
export async function openSqliteCommandStore(options: SqliteStoreOptions): Promise<CommandStore> {
  const thread = new StoreThread(options);
  await thread.started;
  return {
    ...partOf(thread, 'commands', ['begin', 'resend', 'end', 'beat', 'sweep']),
    deferred: partOf(thread, 'deferred', [
      'accept',
      'take',
      'postpone',
      'finish',
      'find',
      'cancel',
      'list',
      'contentOf',
      'resolve',
      'sweep',
    ]),
    outbox: partOf(thread, 'outbox', ['claim', 'settle', 'depth', 'sweep']),
    inbox: partOf(thread, 'inbox', [
      'receive',
      'newest',
      'seqOf',
      'after',
      'ownAfter',
      'claimDue',
      'settle',
      'list',
      'replay',
      'sweep',
    ]),
    close: () => thread.close(),
  };
}

/** The methods of a part, as they are asked for from outside the thread. */
type Asked<Part, Method extends keyof Part> = {
  readonly [Name in Method]: Part[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never;
};

function partOf<Name extends keyof SqliteParts, Method extends keyof SqliteParts[Name] & string>(
  thread: StoreThread,
  part: Name,
  methods: readonly Method[],
): Asked<SqliteParts[Name], Method> {
  const asked = methods.map((method) => [
    method,
    (...args: readonly unknown[]) => thread.ask([part, method], args),
  ]);
  return Object.fromEntries(asked) as Asked<SqliteParts[Name], Method>;
}

/** Asks the worker, and keeps the process alive only while an answer is awaited. */
class StoreThread {
  readonly started: Promise<unknown>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #path: string;
  #last = START;
  #end: string | undefined;

  constructor({ path, owner, times, busyMs }: SqliteStoreOptions) {
    this.#path = path;
    const workerData: WorkerOptions = { path, owner, times, ...(busyMs !== undefined && { busyMs }) };
    const file = new URL(`./sqlite-worker${extname(import.meta.filename)}`, import.meta.url);
    this.#worker = new Worker(file, { workerData });
    this.started = this.#wait(START);
    this.#worker.on('message', (reply: WorkerReply) => {
      this.#settle(reply);
    });
    this.#worker.once('error', (error) => {
      this.#fail(error instanceof Error ? error.message : String(error));
    });
    this.#worker.once('exit', () => {
      this.#fail('it is closed');
    });
  }

  ask(call: WorkerRequest['call'], args: readonly unknown[]): Promise<unknown> {
    if (this.#end !== undefined) return Promise.reject(this.#error('unavailable', this.#end));
    this.#last += 1;
    const answer = this.#wait(this.#last);
    this.#worker.postMessage({ number: this.#last, call, args } satisfies WorkerRequest);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#end !== undefined) return;
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve));
    await this.ask(['commands', 'leave'], []).catch(() => undefined);
    await this.ask('stop', []).catch(() => undefined);
    // A thread that is about to end would not keep the process that waits for it.
    this.#worker.ref();
    await exited;
  }

  #wait(number: number): Promise<unknown> {
    this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  #settle(reply: WorkerReply): void {
    if ('failed' in reply)
      for (const number of reply.failed)
        this.#take(number)?.reject(this.#error('unavailable', reply.message));
    else for (const [number, result] of reply.results) this.#take(number)?.resolve(result);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }

  /** What fails before the thread has started is the file's or the schema's fault. */
  #fail(reason: string): void {
    this.#end ??= reason;
    for (const number of [...this.#waiting.keys()])
      this.#take(number)?.reject(this.#error(number === START ? 'unusable' : 'unavailable', reason));
  }

  #error(code: CommandStoreError['code'], reason: string): CommandStoreError {
    return new CommandStoreError(code, `commands store ${this.#path}: ${reason}`);
  }
}
