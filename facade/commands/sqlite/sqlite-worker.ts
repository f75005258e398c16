import { statSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { StoreTimes } from '../command-store.ts';
import { openDatabase } from './open-database.ts';
import { SqliteCommands } from './sqlite-commands.ts';
import { SqliteInbox } from './sqlite-inbox.ts';
import { SqliteOperations } from './sqlite-operations.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';

export interface WorkerOptions {
  readonly path: string;
  readonly owner: string;
  readonly times: StoreTimes;
  readonly busyMs?: number;
}

/** What the store consists of. */
export interface SqliteParts {
  readonly commands: SqliteCommands;
  readonly deferred: SqliteOperations;
  readonly outbox: SqliteOutbox;
  readonly inbox: SqliteInbox;
}

/** A method of a part with its arguments, or the wish to stop. */
export interface WorkerRequest {
  readonly number: number;
  readonly call: readonly [part: keyof SqliteParts, method: string] | 'stop';
  readonly args: readonly unknown[];
}

/** To several requests at once: results by number, or why none of them was done. */
export type WorkerReply =
  | { readonly results: readonly (readonly [number: number, result: unknown])[] }
  | { readonly failed: readonly number[]; readonly message: string };

/** Requests of one transaction at most: the first should not wait long for the last. */
const MOST_TOGETHER = 256;

/**
 * The thread that waits for the disk, so that the event loop need not. What has come while it waited is committed together:
 * one write to the disk serves many commands.
 */
const port = parentPort!;
const options = workerData as WorkerOptions;
const database = openDatabase(options.path, options.busyMs);
const { dev, ino } = statSync(options.path, { bigint: true });
const outbox = new SqliteOutbox(database, options.owner, options.times);
const commands = new SqliteCommands(database, options.owner, options.times, outbox);
const parts: SqliteParts = {
  commands,
  deferred: new SqliteOperations(database, commands, options.owner, options.times),
  outbox,
  inbox: new SqliteInbox(database, options.owner, options.times),
};
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');

/** What is written to a file without a name, no other process sees, and nobody after a restart. @throws Error */
function assertInPlace(): void {
  const found = statSync(options.path, { bigint: true, throwIfNoEntry: false });
  if (found?.ino !== ino || found.dev !== dev)
    throw new Error('its file was removed or replaced; restart this process');
}

function run(requests: readonly WorkerRequest[]): WorkerReply {
  try {
    assertInPlace();
    begin.run();
    const results = requests.map((request) => [request.number, perform(request)] as const);
    commit.run();
    return { results };
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    return { failed: requests.map(({ number }) => number), message: (error as Error).message };
  }
}

function perform({ call, args }: WorkerRequest): unknown {
  if (call === 'stop') return undefined;
  const [part, method] = call;
  return (parts[part] as unknown as Record<string, (...given: readonly unknown[]) => unknown>)[method]!(
    ...args,
  );
}

function gather(first: WorkerRequest): WorkerRequest[] {
  const requests = [first];
  while (requests.length < MOST_TOGETHER) {
    const next = receiveMessageOnPort(port) as { readonly message: WorkerRequest } | undefined;
    if (next === undefined) break;
    requests.push(next.message);
  }
  return requests;
}

port.on('message', (first: WorkerRequest) => {
  const requests = gather(first);
  port.postMessage(run(requests));
  if (!requests.some(({ call }) => call === 'stop')) return;
  database.close();
  port.close();
});
port.postMessage({ results: [[0, undefined]] } satisfies WorkerReply);
