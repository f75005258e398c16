import { loadContract } from '../../wsdl/index.ts';
import { readScriptCall } from '../script-call.ts';
import { bankContracts } from './bank-contracts.ts';
import { fixtureContracts } from './fixture-contracts.ts';
import { fuzz, targetsOf } from './fuzz-codecs.ts';

const USAGE = `usage: npm run fuzz -- [options] [<wsdl>...]

Mutated messages and values for every codec of the bank, of the fixtures and of the contracts given.

  --seconds N   how long (default 60)
  --seed N      repeats a run (default: another one each time)`;

const OPTIONS = { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } } as const;
const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['seconds', 'seed']);
const seed = Number(values.seed ?? Date.now() % 0xffffffff);
const loaded = await Promise.all([...bankContracts, ...positionals].map((wsdl) => loadContract(wsdl)));
const targets = [...loaded, ...(await fixtureContracts())].flatMap(targetsOf);
const end = performance.now() + Number(values.seconds) * 1_000;
const report = fuzz(targets, seed, () => performance.now() >= end);
const { decoded, encoded, accepted, slowest, defects } = report;
console.log(
  `${targets.length} messages, seed ${seed}: ${decoded} decoded, ${encoded} encoded, ${accepted} accepted, slowest ${slowest.toFixed(1)} ms, ${defects.length} defects`,
);
for (const defect of new Set(defects)) console.error(defect);
process.exitCode = defects.length === 0 ? 0 : 1;
