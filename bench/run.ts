import { basename } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { loadContract } from '../index.ts';
import { refuseCall } from '../test/script-call.ts';
import { pinCores } from './measure/cores.ts';
import { measureLoad, type MeasureOptions, type Result } from './measure/measure-load.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { environment } from './report/environment.ts';
import { judgeGoals } from './report/goals.ts';
import { writeReadmeLine } from './report/readme-line.ts';
import { toChart } from './report/to-chart.ts';
import { toMarkdown } from './report/to-markdown.ts';
import { bankLoads } from './scene/bank-loads.ts';
import { contractLoad } from './scene/contract-load.ts';
import { createScene, type SceneOptions } from './scene/create-scene.ts';
import type { Load } from './scene/load.ts';

const options = readOptions();
const measure: MeasureOptions = { pace: options.pace, cores: pinCores() };
const sections: string[] = [];

if (options.contracts.length > 0) await runContracts(options.contracts);
else if (options.operations > 0) await runOperations(options.operations);
else await runBank();

async function runBank(): Promise<void> {
  const loads = chosen(bankLoads, options);
  const results = await measureAll(loads, {}, measure);
  print('The bank', loads, results);
  const verdicts = judgeGoals(results);
  console.log(verdicts.join('\n'));
  if (!options.writes) return;
  const text = [
    '# Measurements',
    '',
    '`npm run bench -- --write` wrote this.',
    '',
    ...environment(),
    '',
    '## Goals: ratio to the reference',
    '',
    ...verdicts,
    '',
    ...sections,
  ];
  await writeFile(new URL('results.md', import.meta.url), text.join('\n'));
  await writeFile(new URL('chart.svg', import.meta.url), toChart(loads, results));
  await writeReadmeLine(new URL('../README.md', import.meta.url), loads, results);
}

/** The same loads with few and with many operations loaded. */
async function runOperations(idleOperations: number): Promise<void> {
  const loads = chosen(bankLoads, options);
  print('Few operations', loads, await measureAll(loads, {}, measure));
  const many = { ...measure, hasRecords: true };
  print(`${idleOperations} more operations`, loads, await measureAll(loads, { idleOperations }, many));
}

async function runContracts(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const contract = await loadContract(file);
    const loads = chosen([contractLoad(contract, basename(file, '.wsdl'))], { ...options, loads: [] });
    const results = await measureAll(loads, { contract }, { ...measure, hasBankRoutes: false });
    print(`${file}: ${loads[0]!.reply.length} bytes`, loads, results);
  }
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

function print(title: string, loads: readonly Load[], results: readonly Result[]): void {
  const section = `## ${title}\n\n${toMarkdown(loads, results)}`;
  sections.push(section);
  console.log(section);
}
