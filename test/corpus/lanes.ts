import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileContract } from '../../wsdl/index.ts';
import { readScriptCall, refuseCall } from '../script-call.ts';
import { readContractFolder, type ContractRow } from './inventory.ts';
import { countLanes, type LaneCounts } from './count-lanes.ts';

const USAGE = `usage: npm run lanes -- <folder> [options]

Decodes samples of every message by the specialised decoder and by the general one, whole and piece by piece. Tells how many
the specialised one read itself, which it left to the general one, and which came out otherwise: none may.

  --only PATTERN     contracts whose path matches the regular expression
  --part N --of M    every M-th contract, from the N-th on (from 0)
  --max-seconds N    of the processor, for one contract (default 60)
  --list             every message that was left to the general decoder`;

const OPTIONS = {
  only: { type: 'string', default: '' },
  part: { type: 'string', default: '0' },
  of: { type: 'string', default: '1' },
  'max-seconds': { type: 'string', default: '60' },
  list: { type: 'boolean' },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['part', 'of', 'max-seconds']);
  const [folder] = positionals;
  if (folder === undefined) refuseCall('the folder with the contracts is missing');
  if (!existsSync(join(folder, 'inventory.tsv'))) refuseCall(`there is no inventory.tsv in ${folder}`);
  const { rows, catalog } = readContractFolder(folder);
  const chosen = rows
    .filter(({ exclusion, tier }) => exclusion === undefined && tier !== 'negative')
    .filter(
      ({ contract }, index) =>
        contract.includes(values.only) && index % Number(values.of) === Number(values.part),
    );
  const total: LaneCounts = { samples: 0, specialised: 0, left: new Map(), different: [], listed: [] };
  for (const row of chosen) {
    const { contract } = await compileContract(row.file, optionsFor(row, catalog));
    if (contract) countLanes(contract, row.contract, total, Number(values['max-seconds']));
  }
  report(total, chosen.length, values.list === true);
  return total.different.length === 0 ? 0 : 1;
}

function optionsFor(
  row: ContractRow,
  catalog: Readonly<Record<string, string>>,
): Parameters<typeof compileContract>[1] {
  return { catalog, allowedRoots: [row.root], lenient: true };
}

function report(
  { samples, specialised, left, different, listed }: LaneCounts,
  contracts: number,
  lists: boolean,
): void {
  console.log(`${contracts} contracts, ${samples} samples: ${specialised} read by the specialised decoder`);
  for (const [reason, count] of [...left].sort(([, one], [, other]) => other - one))
    console.log(`${String(count).padStart(7)} left to the general decoder: ${reason}`);
  if (lists) for (const name of listed) console.log(name);
  console.log(`${different.length} different`);
  for (const name of different) console.error(`different: ${name}`);
}

process.exitCode = await main();
