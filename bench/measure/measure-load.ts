import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assignment } from '../contenders/assignment.ts';
import type { Load } from '../scene/load.ts';
import type { Scene } from '../scene/create-scene.ts';
import { startChild, type Child } from './child.ts';
import { drive } from './drive.ts';
import { requestsOf } from './requests.ts';
import { median, quantile } from './statistics.ts';

export interface Pace {
  readonly rounds: number;
  readonly roundMs: number;
  /** Least and most time of the warm-up, which ends in between after so many requests: until then code is being compiled. */
  readonly warmUpMs: number;
  readonly mostWarmUpMs: number;
  readonly warmUpRequests: number;
}

export interface MeasureOptions {
  readonly pace: Pace;
  /** Where the back end and this process run, and where the contenders; undefined where nothing can be pinned. */
  readonly cores: readonly [here: number, contenders: number] | undefined;
  readonly hasBankRoutes?: boolean;
  readonly hasRecords?: boolean;
}

/** Medians over the rounds. Times in milliseconds, memory in bytes. */
export interface Result {
  readonly load: string;
  readonly connections: number;
  readonly contender: string;
  /** Microseconds of user and system time. */
  readonly cpu: number;
  /** CPU of the reference by that of this contender, in the same rounds: 1 is as good as the reference. */
  readonly ratio: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly firstByte: number;
  readonly peak: number;
}

interface Round {
  readonly cpu: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly firstByte: number;
}

/** All contenders of a load, round by round in turn, so that noise of the machine meets them alike. */
export async function measureLoad(scene: Scene, load: Load, options: MeasureOptions): Promise<Result[]> {
  const file = join(scene.folder, 'reply.xml');
  await writeFile(file, load.reply);
  const backEnd = await startChild('back-end', file, { core: options.cores?.[0] });
  if (backEnd === undefined) throw new Error('the back end does not start');
  const children = await startContenders(scene, load, backEnd.port, options);
  try {
    const results: Result[] = [];
    await warmUp(children, load, requestsOf(load, scene.token), options.pace);
    for (const connections of load.connections) {
      results.push(
        ...(await measureAll(children, load, connections, requestsOf(load, scene.token), options.pace)),
      );
    }
    return results;
  } finally {
    await Promise.all([backEnd, ...children].map((child) => child.stop()));
  }
}

async function startContenders(
  scene: Scene,
  load: Load,
  port: number,
  { cores, hasBankRoutes = true, hasRecords = false }: MeasureOptions,
): Promise<Child[]> {
  const { operation, action, envelope, soapInput } = load;
  const assignment: Assignment = {
    endpoint: `http://127.0.0.1:${port}/bank`,
    folder: scene.folder,
    load: { operation, action, envelope, soapInput },
    hasBankRoutes,
    hasRecords,
  };
  const argument = JSON.stringify(assignment);
  const started = await Promise.all(
    load.contenders.map((name) => startChild(name, argument, { core: cores?.[1] })),
  );
  return started.filter((child) => child !== undefined);
}

/** Once for each contender, with the most connections: how many there are makes no difference to its code. */
async function warmUp(
  children: readonly Child[],
  { connections: each }: Load,
  requests: readonly Buffer[],
  { warmUpMs, mostWarmUpMs, warmUpRequests }: Pace,
): Promise<void> {
  const connections = Math.max(...each);
  for (const { port } of children) {
    const first = await drive({ port, requests, connections, milliseconds: warmUpMs });
    const most = warmUpRequests - first.latencies.length;
    const milliseconds = mostWarmUpMs - warmUpMs;
    if (most > 0) await drive({ port, requests, connections, milliseconds, most });
  }
}

async function measureAll(
  children: readonly Child[],
  load: Load,
  connections: number,
  requests: readonly Buffer[],
  pace: Pace,
): Promise<Result[]> {
  const rounds = new Map<Child, Round[]>(children.map((child) => [child, []]));
  const peaks = new Map<Child, number>();
  for (const child of children) await child.takePeak();
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const child of children) {
      rounds.get(child)!.push(await measureRound(child, connections, requests, pace.roundMs));
      peaks.set(child, Math.max(peaks.get(child) ?? 0, await child.takePeak()));
    }
  }
  const reference = [...rounds].find(([{ name }]) => name === load.reference)![1];
  return children.map((child) => ({
    load: load.name,
    connections,
    contender: child.name,
    ratio: median(rounds.get(child)!.map(({ cpu }, index) => reference[index]!.cpu / cpu)),
    ...medians(rounds.get(child)!),
    peak: peaks.get(child)!,
  }));
}

async function measureRound(
  child: Child,
  connections: number,
  requests: readonly Buffer[],
  milliseconds: number,
): Promise<Round> {
  const before = await child.usage();
  const { seconds, latencies, firstBytes } = await drive({
    port: child.port,
    requests,
    connections,
    milliseconds,
  });
  const after = await child.usage();
  return {
    cpu: (after.cpu - before.cpu) / latencies.length,
    perSecond: latencies.length / seconds,
    p50: median(latencies),
    p99: quantile(latencies, 0.99),
    firstByte: median(firstBytes),
  };
}

function medians(rounds: readonly Round[]): Round {
  const of = (name: keyof Round): number => median(rounds.map((round) => round[name]));
  return {
    cpu: of('cpu'),
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    firstByte: of('firstByte'),
  };
}
