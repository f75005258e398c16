import { parseArgs } from 'node:util';
import type { Pace } from './measure/measure-load.ts';

export interface BenchOptions {
  readonly pace: Pace;
  /** Names of loads and contenders; empty for all. */
  readonly loads: readonly string[];
  readonly contenders: readonly string[];
  /** WSDL files in place of the bank. */
  readonly contracts: readonly string[];
  /** Also with this many idle operations. */
  readonly operations: number;
  /** Results are written to bench/results.md and bench/chart.svg. */
  readonly writes: boolean;
}

export function parseOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      loads: { type: 'string', default: '' },
      contenders: { type: 'string', default: '' },
      contracts: { type: 'string', default: '' },
      operations: { type: 'string', default: '0' },
      rounds: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const pace = values.quick
    ? { rounds: 3, roundMs: 600, warmUpMs: 800 }
    : { rounds: 7, roundMs: 1200, warmUpMs: 2000 };
  return {
    pace: { ...pace, ...(values.rounds !== undefined && { rounds: Number(values.rounds) }) },
    loads: listOf(values.loads),
    contenders: listOf(values.contenders),
    contracts: listOf(values.contracts),
    operations: Number(values.operations),
    writes: values.write,
  };
}

function listOf(text: string): string[] {
  return text.split(',').filter((one) => one !== '');
}
