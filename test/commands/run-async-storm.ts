import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { createMockBank } from '../../examples/bank/mock-bank-server.ts';
import type { BankState } from '../../examples/bank/state.ts';
import { createDevelopmentToken } from '../../index.ts';
import { TRANSFER } from './client.ts';
import { createFlakyCore } from './flaky-core.ts';
import { runFacade, type RunningFacade } from './run-facade.ts';

export interface AsyncStormOptions {
  readonly commands: number;
  /** How long the core is away, from before the first command. */
  readonly downSeconds: number;
  /** URL of a PostgreSQL database; default: a SQLite file. */
  readonly url?: string;
}

export interface AsyncStormResult {
  readonly seconds: number;
  readonly accepted: number;
  /** Requests that had to be repeated until they were accepted. */
  readonly repeated: number;
  readonly polls: number;
  /** How often each status was seen. */
  readonly seen: Readonly<Record<string, number>>;
  /** Of the core. */
  readonly effects: number;
  /** What must not be: each is told. */
  readonly faults: readonly string[];
}

/** An operation as its client sees it. */
interface Watched {
  readonly key: string;
  location?: string;
  /** The last word on it. */
  end?: string;
}

interface Status {
  readonly status: string;
  readonly result?: { readonly transfer: { readonly transferId: string } };
}

interface Storm {
  readonly facades: RunningFacade[];
  readonly state: BankState;
  readonly headers: Readonly<Record<string, string>>;
  readonly seen: Map<string, number>;
  readonly faults: string[];
  repeated: number;
  polls: number;
  isCoreBack: boolean;
}

const CLIENTS = 16;
const ACCEPTED = 202;
const GIVE_UP_MS = 600_000;
const PAUSE_MS = 250;

/** Commands answered 202 by two facades while the core is away; one facade is killed, the core comes back, clients ask all the time. */
export async function runAsyncStorm({
  commands,
  downSeconds,
  url,
}: AsyncStormOptions): Promise<AsyncStormResult> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-storm-'));
  const state = createInitialState();
  const mock = await createMockBank({ state });
  const core = await createFlakyCore(mock.url);
  const token = await createDevelopmentToken({
    configDir: folder,
    subject: 'anna',
    scopes: ['transfers:write'],
    expiresInSeconds: 3600,
  });
  const settings = {
    coreUrl: core.url,
    store: url ?? join(folder, 'commands.sqlite'),
    afterSeconds: 3,
    leaseSeconds: 2,
  };
  const facades = await Promise.all([runFacade(folder, settings), runFacade(folder, settings)]);
  const storm: Storm = {
    facades,
    state,
    headers: { authorization: `Bearer ${token}` },
    seen: new Map(),
    faults: [],
    repeated: 0,
    polls: 0,
    isCoreBack: false,
  };
  const startedAt = performance.now();
  const watched = Array.from({ length: commands }, (): Watched => ({ key: randomUUID() }));
  try {
    await core.leave();
    const outage = setTimeout(downSeconds * 1000).then(async () => {
      storm.isCoreBack = true;
      await core.comeBack();
      // In the middle of the work that has piled up.
      await untilDone(state, commands / 4);
      await facades[0].kill();
      facades.shift();
    });
    await inParallel(watched, (one) => submit(one, storm));
    await inParallel(watched, (one) => watch(one, storm, Date.now() + GIVE_UP_MS));
    await outage;
    for (const one of watched) await ask(one, storm);
    return {
      seconds: Math.round((performance.now() - startedAt) / 1000),
      accepted: watched.filter(({ location }) => location !== undefined).length,
      repeated: storm.repeated,
      polls: storm.polls,
      seen: Object.fromEntries(storm.seen),
      effects: state.transfers.size,
      faults: [...storm.faults, ...effectFaults(state, commands)],
    };
  } finally {
    for (const facade of facades) await facade.stop();
    await core.close().catch(() => undefined);
    await mock.close();
    await rm(folder, { recursive: true });
  }
}

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all].reverse();
  const next = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: CLIENTS }, next));
}

/** @throws Error where some do not come in time: those are lost */
async function untilDone({ transfers }: BankState, most: number): Promise<void> {
  const deadline = Date.now() + GIVE_UP_MS;
  while (transfers.size < most) {
    if (Date.now() > deadline)
      throw new Error(`only ${transfers.size} of ${most} transfers were made in time`);
    await setTimeout(PAUSE_MS);
  }
}

/** Asked until it is accepted, with the same key. */
async function submit(one: Watched, storm: Storm): Promise<void> {
  for (;;) {
    const response = await send(storm, '/v1/transfers', {
      method: 'POST',
      headers: {
        ...storm.headers,
        'content-type': 'application/json',
        'idempotency-key': one.key,
        prefer: 'respond-async',
      },
      body: TRANSFER,
    });
    if (response?.status === ACCEPTED) {
      one.location = response.headers.get('location')!;
      await response.arrayBuffer();
      return;
    }
    await response?.arrayBuffer();
    storm.repeated += 1;
    await setTimeout(PAUSE_MS);
  }
}

async function watch(one: Watched, storm: Storm, deadline: number): Promise<void> {
  while (one.end === undefined) {
    if (Date.now() > deadline) {
      storm.faults.push(`${one.location} does not come to an end`);
      return;
    }
    await ask(one, storm);
    await setTimeout(PAUSE_MS);
  }
}

/** One poll, and whether what it says is true. */
async function ask(one: Watched, storm: Storm): Promise<void> {
  const wasBack = storm.isCoreBack;
  const response = await send(storm, one.location!, { headers: storm.headers });
  if (response === undefined) return;
  const text = await response.text();
  storm.polls += 1;
  const { status, result } = JSON.parse(text) as Status;
  storm.seen.set(status, (storm.seen.get(status) ?? 0) + 1);
  const at = (fault: string): void => void storm.faults.push(`${one.location} ${fault}: ${text}`);
  if (response.status !== 200) at(`was answered ${response.status}`);
  if (one.end !== undefined && one.end !== text) at('changed after its end');
  if (status === 'accepted' || status === 'running') return;
  one.end = text;
  if (status !== 'succeeded') at('did not succeed');
  else if (!wasBack && !storm.isCoreBack) at('succeeded while the core was away');
  else if (!storm.state.transfers.has(result!.transfer.transferId)) at('has a result that is not there');
}

/** Undefined where the facade is dead: the next request goes to the other. */
async function send({ facades }: Storm, path: string, init: RequestInit): Promise<Response | undefined> {
  const { url } = facades[Math.floor(Math.random() * facades.length)]!;
  return fetch(url + path, init).catch(() => undefined);
}

/** Each command took effect once. */
function effectFaults({ transfers }: BankState, commands: number): string[] {
  const byRequest = Map.groupBy(transfers.values(), ({ requestId }) => requestId);
  return [
    ...[...byRequest].flatMap(([id, { length }]) =>
      length > 1 ? [`request ${id} took effect ${length} times`] : [],
    ),
    ...(transfers.size === commands ? [] : [`${commands} commands, but ${transfers.size} effects`]),
  ];
}
