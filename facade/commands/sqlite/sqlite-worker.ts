import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { StoreTimes } from '../command-store.ts';
import { openDatabase } from './open-database.ts';
import { SqliteCommands, type SqliteOperation } from './sqlite-commands.ts';

export interface WorkerOptions {
  readonly path: string;
  readonly owner: string;
  readonly times: StoreTimes;
  readonly busyMs?: number;
}

/** `operation` with its arguments, or the wish to stop. */
export interface WorkerRequest {
  readonly number: number;
  readonly operation: SqliteOperation | 'stop';
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
const commands = new SqliteCommands(database, options.owner, options.times);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');

function run(requests: readonly WorkerRequest[]): WorkerReply {
  try {
    begin.run();
    const results = requests.map(({ number, operation, args }) => [number, call(operation, args)] as const);
    commit.run();
    return { results };
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    return { failed: requests.map(({ number }) => number), message: (error as Error).message };
  }
}

function call(operation: WorkerRequest['operation'], args: readonly unknown[]): unknown {
  if (operation === 'stop') return undefined;
  return (commands as unknown as Record<SqliteOperation, (...given: readonly unknown[]) => unknown>)[
    operation
  ](...args);
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
  if (!requests.some(({ operation }) => operation === 'stop')) return;
  database.close();
  port.close();
});
port.postMessage({ results: [[0, undefined]] } satisfies WorkerReply);
