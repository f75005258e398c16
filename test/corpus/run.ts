import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { DOUBTFUL, MANIFEST } from '../../cli/doctor/dump.ts';
import { readScriptCall, refuseCall } from '../script-call.ts';
import { readContractFolder, type ContractRow } from './inventory.ts';
import { readKnownGaps, surprises } from './known-gaps.ts';
import type { Outcome } from './outcome.ts';
import { runPool } from './pool.ts';
import { createProgress } from './progress.ts';
import { causeTable, constructTable, totals } from './tables.ts';

const USAGE = `usage: npm run corpus -- <folder> [options]

  --known FILE       known gaps (default: known-gaps.json in the folder, else that in test/corpus)
  --only PATTERN     contracts whose path matches the regular expression
  --tier T,...       only these tiers
  --dump DIR         every message and one manifest.jsonl
  --json FILE        the outcome of each contract
  --quick            few samples a message
  --workers N        processes (default: cores)
  --max-seconds N    for one contract (default 300)
  --max-memory N     MB for one worker (default 700)`;

const OPTIONS = {
  known: { type: 'string' },
  only: { type: 'string' },
  tier: { type: 'string' },
  dump: { type: 'string' },
  json: { type: 'string' },
  quick: { type: 'boolean' },
  workers: { type: 'string' },
  'max-seconds': { type: 'string', default: '300' },
  'max-memory': { type: 'string', default: '700' },
} as const;

/** The doctor over a folder of contracts; the exit code is 0 if every contract passes or is a known gap. */
async function main(): Promise<number> {
  const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['workers', 'max-seconds', 'max-memory']);
  const [folder] = positionals;
  if (folder === undefined) refuseCall('the folder with the contracts is missing');
  if (!existsSync(join(folder, 'inventory.tsv'))) refuseCall(`there is no inventory.tsv in ${folder}`);
  const { rows, catalog } = readContractFolder(folder);
  const chosen = choose(rows, values);
  if (values.dump !== undefined)
    for (const name of [MANIFEST, DOUBTFUL]) rmSync(join(values.dump, name), { force: true });
  const start = performance.now();
  const progress = createProgress(chosen.length);
  const { outcomes, peakMemory } = await runPool(chosen, {
    catalog,
    workers: Number(values.workers ?? availableParallelism()),
    maxSeconds: Number(values['max-seconds']),
    maxMemory: Number(values['max-memory']) * 1e6,
    ...(values.quick && { isQuick: true }),
    ...(values.dump !== undefined && { dump: resolve(values.dump) }),
    onOutcome: (outcome) => {
      progress.step(outcome);
    },
  });
  progress.end();
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(outcomes, null, 1));
  console.log(`${constructTable(chosen, outcomes)}\n\n${causeTable(outcomes)}\n\n${totals(outcomes)}\n`);
  console.log(`${seconds} s, at the most ${Math.round(peakMemory / 1e6)} MB, ${excluded(rows)}`);
  return judge(outcomes, values.known ?? knownGapsOf(folder));
}

/** Contracts that are public are known here, wherever the folder with them is. */
function knownGapsOf(folder: string): string {
  const own = join(folder, 'known-gaps.json');
  return existsSync(own) ? own : join(import.meta.dirname, 'known-gaps.json');
}

interface Choice {
  readonly only?: string | undefined;
  readonly tier?: string | undefined;
}

function choose(rows: readonly ContractRow[], { only, tier }: Choice): ContractRow[] {
  const pattern = patternOf(only ?? '');
  const tiers = tier?.split(',');
  return rows.filter(
    (row) => row.exclusion === undefined && pattern.test(row.contract) && (tiers?.includes(row.tier) ?? true),
  );
}

function patternOf(only: string): RegExp {
  try {
    return new RegExp(only);
  } catch {
    return refuseCall(`--only is no regular expression: ${only}`);
  }
}

function excluded(rows: readonly ContractRow[]): string {
  const groups = Map.groupBy(
    rows.flatMap(({ exclusion }) => exclusion ?? []),
    (exclusion) => exclusion,
  );
  const counts = [...groups].map(([exclusion, group]) => `${group.length}: ${exclusion}`);
  return `left out ${counts.length === 0 ? 'none' : counts.join('; ')}`;
}

function judge(outcomes: readonly Outcome[], knownFile: string): number {
  const lines = surprises(outcomes, readKnownGaps(knownFile));
  for (const line of lines) console.error(line);
  return lines.length === 0 ? 0 : 1;
}

process.exitCode = await main();
