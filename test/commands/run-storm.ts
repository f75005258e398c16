import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { createMockBank } from '../../examples/bank/mock-bank-server.ts';
import { parseAmount } from '../../examples/bank/money.ts';
import type { BankState } from '../../examples/bank/state.ts';
import { createDevelopmentToken } from '../../index.ts';
import { AMOUNT, newWish, pursue, settle, type ClientOptions, type Tally, type Wish } from './client.ts';
import { createFlakyCore, type Fate } from './flaky-core.ts';
import { createRandom, type Random } from './random.ts';
import { runFacade, type RunningFacade } from './run-facade.ts';

export interface StormOptions {
  readonly transfers: number;
  /** URL of a PostgreSQL database; default: a SQLite file. */
  readonly url?: string;
  /** A facade is killed each time this many more transfers are through. */
  readonly killEvery: number;
  readonly seed: number;
  readonly clients?: number;
}

export interface StormResult {
  readonly seconds: number;
  readonly kills: number;
  /** Requests of clients, and what came of them. */
  readonly requests: number;
  readonly answers: Readonly<Record<string, number>>;
  /** Fates of calls to the core. */
  readonly fates: Readonly<Record<string, number>>;
  /** Transfers that their clients saw done before the storm was over, and those they gave up, all settled afterwards. */
  readonly acknowledged: number;
  readonly settledAfterwards: number;
  /** What must not be: each is told. */
  readonly faults: readonly string[];
}

const FACADES = 2;
const SETTLE_MS = 120_000;
/** Longer than any delay on the way to the core. */
const AFTER_SECONDS = 3;
const LEASE_SECONDS = 2;

/** Transfers through facades that are killed, to a core that loses calls and answers, by clients that repeat themselves. */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const { transfers, killEvery, clients = 32 } = options;
  const random = createRandom(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'portico-storm-'));
  const state = createInitialState();
  const before = ledgerOf(state);
  const mock = await createMockBank({ state });
  const core = await createFlakyCore(mock.url);
  const token = await createDevelopmentToken({
    configDir: folder,
    subject: 'anna',
    scopes: ['transfers:write'],
    expiresInSeconds: 3600,
  });
  const start = (): Promise<RunningFacade> =>
    runFacade(folder, {
      coreUrl: core.url,
      store: options.url ?? join(folder, 'commands.sqlite'),
      afterSeconds: AFTER_SECONDS,
      leaseSeconds: LEASE_SECONDS,
    });
  const facades = await Promise.all(Array.from({ length: FACADES }, start));
  const tally: Tally = new Map();
  const fates: Tally = new Map();
  const client: ClientOptions = {
    token,
    random,
    tally,
    urlOf: () => facades[random.between(0, FACADES - 1)]!.url,
  };
  core.fateOf = () => chooseFate(random, fates);
  const startedAt = performance.now();
  const wishes: Wish[] = [];
  let kills = 0;
  let restarts: Promise<void> = Promise.resolve();
  const killOne = async (): Promise<void> => {
    const unlucky = random.between(0, FACADES - 1);
    await facades[unlucky]!.kill();
    facades[unlucky] = await start();
    kills += 1;
  };
  const work = async (): Promise<void> => {
    while (wishes.length < transfers) {
      const wish = newWish();
      if (wishes.push(wish) % killEvery === 0) restarts = restarts.then(killOne);
      await pursue(wish, client);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, work));
    await restarts;
    const given = wishes.filter(({ bodies }) => bodies.size === 0);
    core.fateOf = () => 'pass';
    await settleAll(given, client, clients);
    const requests = wishes.reduce((sum, { attempts }) => sum + attempts, 0);
    return {
      seconds: (performance.now() - startedAt) / 1000,
      kills,
      requests,
      answers: Object.fromEntries(tally),
      fates: Object.fromEntries(fates),
      acknowledged: wishes.length - given.length,
      settledAfterwards: given.length,
      faults: [...faultsOf(wishes, state), ...ledgerFaults(before, ledgerOf(state), transfers)],
    };
  } finally {
    for (const facade of facades) await facade.stop();
    await core.close();
    await mock.close();
    await rm(folder, { recursive: true });
  }
}

async function settleAll(wishes: readonly Wish[], client: ClientOptions, clients: number): Promise<void> {
  const left = [...wishes];
  const deadline = Date.now() + SETTLE_MS;
  const work = async (): Promise<void> => {
    for (let wish = left.pop(); wish !== undefined; wish = left.pop()) await settle(wish, client, deadline);
  };
  await Promise.all(Array.from({ length: clients }, work));
}

/** One call in six has bad luck. */
function chooseFate(random: Random, fates: Tally): Fate {
  const drawn = random.next();
  const fate =
    drawn < 0.04
      ? 'refuse'
      : drawn < 0.08
        ? 'lose'
        : drawn < 0.1
          ? 'hold'
          : drawn < 0.17
            ? { beforeMs: random.between(0, 500), afterMs: random.between(0, 500) }
            : 'pass';
  const name = typeof fate === 'string' ? fate : 'delay';
  fates.set(name, (fates.get(name) ?? 0) + 1);
  return fate;
}

/** Each key took effect once, and whoever was answered was told of that effect, in the same bytes each time. */
function faultsOf(wishes: readonly Wish[], state: BankState): string[] {
  const done = [...state.transfers.values()];
  const byRequest = Map.groupBy(done, ({ requestId }) => requestId);
  const doubled = [...byRequest].filter(([, transfers]) => transfers.length > 1);
  const told = wishes.flatMap(({ bodies }) => [...bodies].map(transferIdOf));
  return [
    ...doubled.map(([requestId, { length }]) => `request ${requestId} took effect ${length} times`),
    ...(done.length === wishes.length ? [] : [`${wishes.length} keys, but ${done.length} transfers`]),
    ...wishes.filter(({ bodies }) => bodies.size > 1).map(({ key }) => `key ${key} had different answers`),
    ...told.filter((id) => !state.transfers.has(id)).map((id) => `${id} was acknowledged, but is not there`),
    ...(new Set(told).size === told.length ? [] : ['two keys were told of the same transfer']),
  ];
}

function transferIdOf(body: string): string {
  return (JSON.parse(body) as { readonly transfer: { readonly transferId: string } }).transfer.transferId;
}

type Ledger = ReadonlyMap<string, bigint>;

function ledgerOf({ accounts }: BankState): Ledger {
  return new Map([...accounts].map(([id, { balance }]) => [id, balance]));
}

/** To the cent: what left one account arrived at the other, and no other account moved. */
function ledgerFaults(before: Ledger, after: Ledger, transfers: number): string[] {
  const moved = parseAmount(AMOUNT) * BigInt(transfers);
  const expected = new Map([
    ['acc-1001', -moved],
    ['acc-2001', moved],
  ]);
  return [...before].flatMap(([id, balance]) => {
    const change = after.get(id)! - balance;
    const wanted = expected.get(id) ?? 0n;
    return change === wanted ? [] : [`${id} changed by ${change} thousandths instead of ${wanted}`];
  });
}
