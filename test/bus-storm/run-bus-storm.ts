import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { createMockBank } from '../../examples/bank/mock-bank-server.ts';
import type { BankState } from '../../examples/bank/state.ts';
import { createAmqpMessageBus, deadQueueOf, type MessageBus } from '../../connectors/index.ts';
import { createDevelopmentToken } from '../../index.ts';
import type { Tally } from '../commands/client.ts';
import { createRandom } from '../commands/random.ts';
import { runFacade, type RunningFacade } from '../commands/run-facade.ts';
import type { RabbitMq } from '../services/rabbitmq.ts';
import { createFaultProxy } from './fault-proxy.ts';
import { createSender, type SentCommand } from './sender.ts';

export interface BusStormOptions {
  readonly commands: number;
  readonly broker: RabbitMq;
  /** URL of a PostgreSQL database; default: a SQLite file. */
  readonly url?: string;
  /** How often a facade is killed, the broker is ended and started, and all connections are cut, in the course of the storm. */
  readonly kills: number;
  readonly restarts: number;
  readonly cuts: number;
  readonly seed: number;
}

export interface BusStormResult {
  readonly seconds: number;
  readonly kills: number;
  readonly restarts: number;
  readonly connectionsCut: number;
  /** What the broker said to the sender, and replies by status. */
  readonly tally: Readonly<Record<string, number>>;
  /** Replies that came once more, the same each time. */
  readonly repeatedReplies: number;
  /** Commands that were answered with their success. */
  readonly done: number;
  /** Those in the dead-letter queue, by their reason. */
  readonly dead: Readonly<Record<string, number>>;
  /** Transfers at the bank, and those of them that happened twice. */
  readonly effects: number;
  readonly doubled: number;
  readonly lost: number;
  /** What must not be: each is told. */
  readonly faults: readonly string[];
}

const QUEUE = 'bank.commands';
const FACADES = 2;
const AT_ONCE = 64;
const LEASE_SECONDS = 2;
const AFTER_SECONDS = 3;
const TOKEN_SECONDS = 7200;
const PATIENCE_MS = 300_000;
const LOOK_MS = 500;

/** Commands over a broker that is ended, on connections that are cut, through facades that are killed. */
export async function runBusStorm(options: BusStormOptions): Promise<BusStormResult> {
  const { commands: wanted, broker, seed } = options;
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'portico-bus-storm-'));
  const state = createInitialState();
  const mock = await createMockBank({ state });
  const brokerUrl = new URL(broker.url);
  const proxy = await createFaultProxy(Number(brokerUrl.port));
  brokerUrl.port = String(proxy.port);
  const token = await createDevelopmentToken({
    configDir: folder,
    subject: 'anna',
    scopes: ['transfers:write'],
    expiresInSeconds: TOKEN_SECONDS,
  });
  const start = (): Promise<RunningFacade> =>
    runFacade(folder, {
      coreUrl: mock.url,
      store: options.url ?? join(folder, 'commands.sqlite'),
      afterSeconds: AFTER_SECONDS,
      leaseSeconds: LEASE_SECONDS,
      busUrl: brokerUrl.href,
    });
  const facades = await Promise.all(Array.from({ length: FACADES }, start));
  const counts = { kills: 0, restarts: 0, connectionsCut: 0 };
  const kill = async (): Promise<void> => {
    const unlucky = random.between(0, FACADES - 1);
    await facades[unlucky]!.kill();
    facades[unlucky] = await start();
    counts.kills += 1;
  };
  const restart = async (): Promise<void> => {
    await broker.restart!();
    counts.restarts += 1;
  };
  const cut = async (): Promise<void> => {
    counts.connectionsCut += proxy.cut();
  };
  const tally: Tally = new Map();
  const blows = blowsOf(wanted, [
    [options.kills, kill],
    [options.restarts, restart],
    [options.cuts, cut],
  ]);
  let struck: Promise<void> = Promise.resolve();
  const sender = await createSender(brokerUrl.href, token, tally, (answered) => {
    while (blows[0] !== undefined && blows[0].at <= answered) struck = struck.then(blows.shift()!.strike);
  });
  const watcher = watcherOf(broker.url);
  const startedAt = performance.now();
  try {
    await sender.send(wanted, AT_ONCE);
    const left = await accountFor(sender.commands, watcher);
    await struck;
    const dead = await deadOf(watcher);
    return {
      seconds: Math.round(performance.now() - startedAt) / 1000,
      ...counts,
      tally: Object.fromEntries([...tally].sort()),
      repeatedReplies: sender.repeated(),
      ...judge(sender.commands, state, dead, left),
    };
  } finally {
    await sender.close();
    await watcher.close();
    for (const facade of facades) await facade.stop();
    await proxy.close();
    await mock.close();
    await rm(folder, { recursive: true });
  }
}

interface Blow {
  /** After so many commands have been answered. */
  readonly at: number;
  readonly strike: () => Promise<void>;
}

/** Each kind spread over the storm, so that all of them come together now and then. */
function blowsOf(wanted: number, kinds: readonly (readonly [number, () => Promise<void>])[]): Blow[] {
  return kinds
    .flatMap(([times, strike]) =>
      Array.from({ length: times }, (_, index) => ({
        at: Math.ceil((wanted * (index + 1)) / (times + 1)),
        strike,
      })),
    )
    .sort((left, right) => left.at - right.at);
}

/** Straight to the broker, not by the way on which connections are cut. */
function watcherOf(url: string): MessageBus {
  return createAmqpMessageBus({
    urls: [url],
    topology: { mode: 'declare', exchanges: [], deadLetterExchange: 'portico.dead', queues: [] },
  });
}

/** Waits until each command is answered, or given up and so in the dead-letter queue. @returns those of which nothing is known */
async function accountFor(commands: readonly SentCommand[], bus: MessageBus): Promise<readonly string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const open = commands.filter(({ answers, problems }) => answers.size === 0 && problems.size === 0);
    if (open.length === 0) return [];
    const dead = await deadOf(bus).catch(() => new Map<string, string>());
    const left = open.map(({ id }) => id).filter((id) => !dead.has(id));
    if (left.length === 0 || Date.now() > deadline) return left;
    await setTimeout(LOOK_MS);
  }
}

/** Reasons by message id. */
async function deadOf(bus: MessageBus): Promise<ReadonlyMap<string, string>> {
  const dead = new Map<string, string>();
  const deadline = Date.now() + 10_000;
  await bus.sift(deadQueueOf(QUEUE), { most: 100_000, deadline }, async ({ properties, death }) => {
    dead.set(properties.messageId ?? '', death?.reason ?? 'no reason');
    return 'keep';
  });
  return dead;
}

function judge(
  commands: readonly SentCommand[],
  state: BankState,
  dead: ReadonlyMap<string, string>,
  lost: readonly string[],
): Pick<BusStormResult, 'done' | 'dead' | 'effects' | 'doubled' | 'lost' | 'faults'> {
  const effects = [...state.transfers.values()];
  const doubled = [...Map.groupBy(effects, ({ requestId }) => requestId).values()].filter(
    ({ length }) => length > 1,
  );
  const done = commands.filter(({ answers }) => answers.size > 0);
  const told = done.flatMap(({ answers }) => [...answers].map(transferIdOf));
  const unexplained = commands.filter(({ id, answers }) => answers.size === 0 && !dead.has(id));
  const reasons = new Map<string, number>();
  for (const reason of dead.values()) {
    const code = reason.split(':', 1)[0]!;
    reasons.set(code, (reasons.get(code) ?? 0) + 1);
  }
  return {
    done: done.length,
    dead: Object.fromEntries(reasons),
    effects: effects.length,
    doubled: doubled.length,
    lost: lost.length,
    faults: [
      ...doubled.map(
        ([first, ...more]) => `request ${first!.requestId} took effect ${more.length + 1} times`,
      ),
      ...unexplained.map(({ id }) => `command ${id} was neither answered nor given up with a reason`),
      ...done
        .filter(({ answers }) => answers.size > 1)
        .map(({ id }) => `command ${id} had different answers`),
      ...told.filter((id) => !state.transfers.has(id)).map((id) => `${id} was told of, but is not there`),
      ...(new Set(told).size === told.length ? [] : ['two commands were told of the same transfer']),
      ...(effects.length <= done.length + dead.size
        ? []
        : [`${effects.length} transfers, but ${done.length} commands done and ${dead.size} given up`]),
    ],
  };
}

function transferIdOf(body: string): string {
  return (JSON.parse(body) as { readonly transfer: { readonly transferId: string } }).transfer.transferId;
}
