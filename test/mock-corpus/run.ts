import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DOUBTFUL, MANIFEST } from '../../cli/doctor/dump.ts';
import { readContractFolder, type ContractRow } from '../corpus/inventory.ts';
import { readScriptCall, refuseCall } from '../script-call.ts';
import { checkMock, type MockOutcome } from './check-mock.ts';

const USAGE = `usage: npm run mock-corpus -- <folder> [options]

Mocks every contract of a folder twice, calls every operation of every port over HTTP with a sample request, has libxml2 judge
the answers, compares them with those of the second mock, and imports ?wsdl again from the mock.

  --only PATTERN     contracts whose path matches the regular expression
  --tier T,...       only these tiers
  --skip N           leave out the first N of them, by path
  --take N           and take N
  --dump DIR         every answer and one manifest.jsonl, for other engines to judge
  --json FILE        the outcome of each contract`;

const OPTIONS = {
  only: { type: 'string' },
  tier: { type: 'string' },
  skip: { type: 'string' },
  take: { type: 'string' },
  dump: { type: 'string' },
  json: { type: 'string' },
} as const;

/** The exit code is 0 if every operation was answered, validly and twice the same, and every ?wsdl gave the same contract. */
async function main(): Promise<number> {
  const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['skip', 'take']);
  const [folder] = positionals;
  if (folder === undefined) refuseCall('the folder with the contracts is missing');
  if (!existsSync(join(folder, 'inventory.tsv'))) refuseCall(`there is no inventory.tsv in ${folder}`);
  const { rows, catalog } = readContractFolder(folder);
  const skip = Number(values.skip ?? 0);
  const chosen = choose(rows, values.only ?? '', values.tier?.split(',')).slice(
    skip,
    values.take === undefined ? undefined : skip + Number(values.take),
  );
  if (values.dump !== undefined && skip === 0)
    for (const name of [MANIFEST, DOUBTFUL]) rmSync(join(values.dump, name), { force: true });
  const options = { catalog, ...(values.dump !== undefined && { dump: resolve(values.dump) }) };
  const outcomes: MockOutcome[] = [];
  let broken = 0;
  for (const row of chosen) {
    const outcome = await checkMock(row, options);
    if (outcome === undefined) broken++;
    else outcomes.push(outcome);
    for (const cause of outcome?.causes ?? []) console.error(`${row.contract}: ${cause}`);
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(outcomes, null, 1));
  console.log(totals(outcomes));
  console.log(`${broken} contracts do not compile`);
  return outcomes.some(({ causes }) => causes.length > 0) ? 1 : 0;
}

function choose(
  rows: readonly ContractRow[],
  only: string,
  tiers: readonly string[] | undefined,
): ContractRow[] {
  const pattern = new RegExp(only);
  return rows
    .filter(
      ({ exclusion, tier, contract }) =>
        exclusion === undefined &&
        tier !== 'negative' &&
        pattern.test(contract) &&
        (tiers?.includes(tier) ?? true),
    )
    .toSorted((one, other) => (one.contract < other.contract ? -1 : 1));
}

function totals(outcomes: readonly MockOutcome[]): string {
  const sum = (count: (outcome: MockOutcome) => number): number =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const served = (kind: MockOutcome['served']): number =>
    outcomes.filter((outcome) => outcome.served === kind).length;
  return [
    `${outcomes.length} contracts, ${sum(({ operations }) => operations)} operations at their ports`,
    `answered ${sum(({ answered }) => answered)}, of them one-way ${sum(({ oneWay }) => oneWay)}`,
    `valid for libxml2 ${sum(({ valid }) => valid)}, schemas refused by it ${sum(({ unjudged }) => unjudged)}`,
    `answered as another that no request tells apart ${sum(({ ambiguous }) => ambiguous)}`,
    `the same bytes from a second mock ${sum(({ same }) => same)}`,
    `?wsdl gives the same contract ${served('same')}, another ${served('different')}, none ${served('broken')}`,
    `${sum(({ seconds }) => seconds).toFixed(0)} s`,
  ].join('\n');
}

process.exitCode = await main();
