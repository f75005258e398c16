import { readScriptCall, refuseCall } from '../test/script-call.ts';
import type { Pace } from './measure/measure-load.ts';

export interface BenchOptions {
  readonly pace: Pace;
  /** Names of loads and contenders; empty for all. */
  readonly loads: readonly string[];
  readonly contenders: readonly string[];
  /** WSDL files. */
  readonly contracts: readonly string[];
  /** Also with this many idle operations. */
  readonly operations: number;
  /** Results are written to bench/results.md and bench/chart.svg. */
  readonly writes: boolean;
}

/** As large as estates get. */
const OPERATIONS_WRITTEN = 5000;

const USAGE = `usage: npm run bench -- [options]

  --quick            three short rounds
  --rounds N         so many (default 7)
  --loads A,...      only these loads
  --contenders A,... only these contenders, and the reference
  --contracts F,...  the largest full sample of each WSDL file; with --write after the bank, otherwise in its place
  --operations N     Portico with so many more operations loaded beside Portico without; with --write 5000
  --write            results, the codec's and gSOAP's too, go to bench/results.md, bench/chart.svg and the README,
                     flame graphs to docs

It stops by itself after 25 minutes at the latest.`;

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  loads: { type: 'string', default: '' },
  contenders: { type: 'string', default: '' },
  contracts: { type: 'string', default: '' },
  operations: { type: 'string' },
  rounds: { type: 'string' },
  write: { type: 'boolean', default: false },
} as const;

/** Options of the process's own words; ends it where they are off. */
export function readOptions(): BenchOptions {
  const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['operations', 'rounds']);
  if (positionals.length > 0) refuseCall(`"${positionals[0]}" is one argument too many`);
  const pace = values.quick
    ? { rounds: 3, roundMs: 600, warmUpMs: 800, mostWarmUpMs: 3000, warmUpRequests: 5000 }
    : { rounds: 7, roundMs: 1200, warmUpMs: 2000, mostWarmUpMs: 8000, warmUpRequests: 30_000 };
  return {
    pace: { ...pace, ...(values.rounds !== undefined && { rounds: Number(values.rounds) }) },
    loads: listOf(values.loads),
    contenders: listOf(values.contenders),
    contracts: listOf(values.contracts),
    operations: Number(values.operations ?? (values.write ? OPERATIONS_WRITTEN : 0)),
    writes: values.write,
  };
}

function listOf(text: string): string[] {
  return text.split(',').filter((one) => one !== '');
}
