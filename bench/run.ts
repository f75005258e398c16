import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadContract } from '../index.ts';
import { refuseCall } from '../test/script-call.ts';
import { pinCores } from './measure/cores.ts';
import { measureLoad, type MeasureOptions, type Result } from './measure/measure-load.ts';
import { profileLoad } from './measure/profile-load.ts';
import { buildProgram } from './measure/program.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { toFrames } from './report/cpu-profile.ts';
import { judgeGoals } from './report/goals.ts';
import { writeReadmeLine } from './report/readme-line.ts';
import { ResultsPage } from './report/results-page.ts';
import { toChart } from './report/to-chart.ts';
import { toFlameGraph } from './report/to-flame-graph.ts';
import { toMarkdown } from './report/to-markdown.ts';
import { bankLoads } from './scene/bank-loads.ts';
import { contractLoad } from './scene/contract-load.ts';
import { createScene, type SceneOptions } from './scene/create-scene.ts';
import type { Load } from './scene/load.ts';

const MOST_MINUTES = 25;
const SUBJECT = 'portico';
const MANY_OPERATIONS_LOADS = new Set(['account', 'cached']);
const FLAME_SECONDS = 3;

const options = readOptions();
const measure: MeasureOptions = { pace: options.pace, cores: pinCores() };
const page = new ResultsPage(options.writes);
const hasOwnScene = options.contracts.length > 0 || options.operations > 0;
endAfter(MOST_MINUTES);

buildProgram();
if (options.writes || !hasOwnScene) await runBank();
if (options.operations > 0) await runOperations(options.operations);
for (const file of options.contracts) await runContract(file);
if (options.writes) {
  await page.add('The codec alone', await codecReport());
  await drawFlameGraphs();
}
process.exit();

async function runBank(): Promise<void> {
  const loads = chosen(bankLoads, options);
  const results = await measureAll(loads, {}, measure);
  const verdicts = judgeGoals(results);
  await page.add('Goals', verdicts.join('\n'));
  await page.add('The bank', toMarkdown(loads, results));
  if (!options.writes) return;
  await writeFile(new URL('chart.svg', import.meta.url), toChart(loads, results));
  await writeReadmeLine(new URL('../README.md', import.meta.url), loads, results);
}

/** With few and with many operations loaded, side by side, so that a ratio of 1 says that their number costs nothing. */
async function runOperations(idleOperations: number): Promise<void> {
  const loads = bankLoads
    .filter(({ name }) => MANY_OPERATIONS_LOADS.has(name))
    .map((load): Load => ({
      ...load,
      connections: [Math.max(...load.connections)],
      reference: SUBJECT,
      contenders: [SUBJECT, 'portico-many-operations'],
    }));
  const results = await measureAll(loads, { idleOperations }, measure);
  await page.add(`With ${idleOperations} more operations`, toMarkdown(loads, results));
}

/** In docs/, for its page on speed. */
async function drawFlameGraphs(): Promise<void> {
  const scene = await createScene();
  try {
    for (const load of bankLoads) {
      const root = toFrames(await profileLoad(scene, load, SUBJECT, FLAME_SECONDS));
      const title = `${SUBJECT}, ${load.title}, ${Math.max(...load.connections)} connections`;
      await writeFile(new URL(`../docs/flame-${load.name}.svg`, import.meta.url), toFlameGraph(root, title));
    }
  } finally {
    await scene.remove();
  }
}

async function runContract(file: string): Promise<void> {
  const name = basename(file, '.wsdl');
  const contract = await loadContract(file);
  const loads = chosen([contractLoad(contract, name)], { ...options, loads: [] });
  const results = await measureAll(loads, { contract }, { ...measure, hasBankRoutes: false });
  await page.add(`The contract ${name}: ${loads[0]!.reply.length} bytes`, toMarkdown(loads, results));
}

/** What `bench/codec.ts` says, gSOAP included. */
async function codecReport(): Promise<string> {
  const file = fileURLToPath(new URL('codec.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  return `\`\`\`\n${stdout.trim()}\n\`\`\``;
}

/** A machine too busy to get through in time gives no figures worth waiting for; what is written by then stays. */
function endAfter(minutes: number): void {
  setTimeout(() => {
    console.error(`The benchmark is not through after ${minutes} minutes: is the machine busy?`);
    process.exit(1);
  }, minutes * 60_000).unref();
}

async function measureAll(
  loads: readonly Load[],
  scene: SceneOptions,
  how: MeasureOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  const made = await createScene(scene);
  try {
    for (const load of loads) results.push(...(await measureLoad(made, load, how)));
  } finally {
    await made.remove();
  }
  return results;
}

function refuseUnknown(kind: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    refuseCall(`there is no ${kind} "${unknown}"; these are: ${[...new Set(known)].join(', ')}`);
}

function chosen(loads: readonly Load[], { loads: names, contenders }: BenchOptions): Load[] {
  refuseUnknown(
    'load',
    names,
    loads.map(({ name }) => name),
  );
  refuseUnknown(
    'contender',
    contenders,
    loads.flatMap((load) => load.contenders),
  );
  return loads
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((load) => ({
      ...load,
      contenders: load.contenders.filter(
        (name) => contenders.length === 0 || contenders.includes(name) || name === load.reference,
      ),
    }));
}
