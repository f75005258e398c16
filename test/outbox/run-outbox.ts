import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { ACK, createAmqpMessageBus, decodeCloudEvent } from '../../connectors/index.ts';
import { createRandom } from '../commands/random.ts';
import { QUEUE, topology, type Order } from './order.ts';

export interface OutboxRun {
  /** Processes to be killed. */
  readonly kills: number;
  /** Path of a SQLite file, or URL of a PostgreSQL database, both empty. */
  readonly store: string;
  readonly broker: string;
  readonly seed: number;
  /** Processes at a time, each with lanes of its own to write to; default 2. */
  readonly atOnce?: number;
  /** A folder for compiled code: processes then begin sooner. */
  readonly compiled: string;
  readonly onProgress?: (kills: number) => void;
}

export interface OutboxReport {
  readonly killed: { readonly beforePublishing: number; readonly afterPublishing: number };
  /** Events in the store, and those of them that it says were published. */
  readonly written: number;
  readonly published: number;
  /** Messages at the subscriber. */
  readonly heard: number;
  readonly heardTwice: number;
  readonly lost: number;
  /** Heard, and not in the store: an id that changed. */
  readonly strange: number;
  /** Heard again with other bytes. */
  readonly changed: number;
  /** Heard for the first time before one that was written earlier in its lane. */
  readonly outOfOrder: number;
  readonly lanes: number;
}

const LANES = ['a', 'b', 'c'];
const EVENTS_OF_A_LIFE = 5;
/** On average as many as are written. */
const MOST_PUBLICATIONS = 9;
const AT_ONCE = 2;

/** Has processes killed between the writing of events and their publication, and compares what was written with what came. */
export async function runOutbox(run: OutboxRun): Promise<OutboxReport> {
  const subscriber = createAmqpMessageBus({ urls: [run.broker], topology });
  const heard: { readonly id: string; readonly bytes: string }[] = [];
  const consumer = await subscriber.consume(QUEUE, { prefetch: 100 }, ({ body }) => {
    heard.push({ id: decodeCloudEvent(body).id, bytes: Buffer.from(body).toString() });
    return ACK;
  });
  const killed = await killAll(run);
  await live(run, { events: [] });
  const written = await readOutbox(run.store);
  const wanted = new Set(written.map(({ id }) => id));
  const isAllHeard = (): boolean => wanted.size <= new Set(heard.map(({ id }) => id)).size;
  for (const deadline = Date.now() + 10_000; !isAllHeard() && Date.now() < deadline;)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await consumer.close();
  await subscriber.close();
  return { killed, ...compare(written, heard) };
}

async function killAll(run: OutboxRun): Promise<OutboxReport['killed']> {
  const random = createRandom(run.seed);
  const killed = { beforePublishing: 0, afterPublishing: 0 };
  let begun = 0;
  const counts = new Map<string, number>();
  const next = (lane: string): number => {
    counts.set(lane, (counts.get(lane) ?? 0) + 1);
    return counts.get(lane)!;
  };
  // A lane has one process that writes to it: between two that write at the same time there is no order to be kept.
  const work = async (writer: number): Promise<void> => {
    while (begun < run.kills) {
      begun += 1;
      const diesAfter = random.next() < 0.5;
      const events = Array.from({ length: EVENTS_OF_A_LIFE }, () => {
        const lane = `${LANES[random.between(0, LANES.length - 1)]!}${writer}`;
        return { lane, count: next(lane) };
      });
      const diesAt = random.between(1, MOST_PUBLICATIONS);
      const signal = await live(run, { events, diesAt, diesAfter });
      if (signal !== 'SIGKILL') throw new Error('a process ended by itself');
      killed[diesAfter ? 'afterPublishing' : 'beforePublishing'] += 1;
      run.onProgress?.(killed.afterPublishing + killed.beforePublishing);
    }
  };
  await Promise.all(Array.from({ length: run.atOnce ?? AT_ONCE }, (_, writer) => work(writer)));
  return killed;
}

/** Runs a process to its end. @returns the signal that ended it. */
async function live(
  { store, broker, compiled }: OutboxRun,
  told: Omit<Order, 'store' | 'broker'>,
): Promise<NodeJS.Signals | null> {
  const order: Order = { store, broker, ...told };
  const program = join(import.meta.dirname, 'mortal-publisher.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (code !== null && code !== 0) throw new Error(`a process ended with ${code}`);
  return signal;
}

interface Written {
  readonly id: string;
  readonly lane: string;
  readonly isPublished: boolean;
}

const ALL = 'SELECT lane, head, published_at FROM portico_outbox ORDER BY seq';

/** In the order of the store. */
async function readOutbox(store: string): Promise<Written[]> {
  const rows = store.startsWith('postgres:') ? await readPostgres(store) : readSqlite(store);
  return rows.map(({ lane, head, published_at }) => ({
    lane,
    id: (JSON.parse(head) as { id: string }).id,
    isPublished: published_at !== null,
  }));
}

interface Row {
  readonly lane: string;
  readonly head: string;
  readonly published_at: unknown;
}

function readSqlite(path: string): Row[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare(ALL).all() as unknown as Row[];
  database.close();
  return rows;
}

async function readPostgres(url: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(ALL);
  await client.end();
  return rows;
}

function compare(
  written: readonly Written[],
  heard: readonly { readonly id: string; readonly bytes: string }[],
): Omit<OutboxReport, 'killed'> {
  const first = new Map<string, { readonly at: number; readonly bytes: string }>();
  let changed = 0;
  for (const [at, { id, bytes }] of heard.entries()) {
    const known = first.get(id);
    if (known === undefined) first.set(id, { at, bytes });
    else if (known.bytes !== bytes) changed += 1;
  }
  const known = new Set(written.map(({ id }) => id));
  const lanes = Map.groupBy(written, ({ lane }) => lane);
  const outOfOrder = [...lanes.values()].flatMap((lane) =>
    lane.filter(
      ({ id }, index) => index > 0 && (first.get(id)?.at ?? 0) < (first.get(lane[index - 1]!.id)?.at ?? 0),
    ),
  );
  return {
    written: written.length,
    published: written.filter(({ isPublished }) => isPublished).length,
    heard: heard.length,
    heardTwice: heard.length - first.size,
    lost: written.filter(({ id }) => !first.has(id)).length,
    strange: [...first.keys()].filter((id) => !known.has(id)).length,
    changed,
    outOfOrder: outOfOrder.length,
    lanes: lanes.size,
  };
}
