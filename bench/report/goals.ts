import type { Result } from '../measure/measure-load.ts';

/** What one load of Portico has to reach. Missing members are no goals. */
interface Goal {
  readonly load: string;
  readonly connections: number;
  /** Least ratio to the reference of the load. */
  readonly ratio?: number;
  /** Most milliseconds. */
  readonly firstByte?: number;
  readonly p99?: number;
  /** Most MB of memory at its peak beyond the reference's. */
  readonly memory?: number;
}

const goals: readonly Goal[] = [
  { load: 'account', connections: 50, ratio: 0.75 },
  { load: 'rows-100', connections: 50, ratio: 0.3 },
  { load: 'rows-10000', connections: 1, firstByte: 5 },
  { load: 'rows-10000', connections: 4, ratio: 0.22, p99: 100, memory: 25 },
  { load: 'rows-100000', connections: 4, memory: 25 },
  { load: 'cached', connections: 50, ratio: 0.8 },
];

const MEGABYTE = 2 ** 20;

/** A line a goal: what it asks, what was measured, and whether that is enough. */
export function judgeGoals(results: readonly Result[]): string[] {
  return goals.flatMap((goal) => {
    const here = results.filter(
      ({ load, connections }) => load === goal.load && connections === goal.connections,
    );
    const measured = here.find(({ contender }) => contender === 'portico');
    if (measured === undefined) return [];
    const reference = here.find(({ contender }) => contender === 'pass-through');
    const more = (measured.peak - (reference?.peak ?? 0)) / MEGABYTE;
    const at = `${goal.load}, ${goal.connections} connection${goal.connections === 1 ? '' : 's'}`;
    return [
      ...verdict(at, 'ratio', measured.ratio, goal.ratio, 'least'),
      ...verdict(at, 'first byte in ms', measured.firstByte, goal.firstByte, 'most'),
      ...verdict(at, 'p99 in ms', measured.p99, goal.p99, 'most'),
      ...verdict(at, 'MB more than the pass-through', more, goal.memory, 'most'),
    ];
  });
}

/** With enough digits to see why: 0.218 is not 0.22. */
function verdict(
  at: string,
  what: string,
  measured: number,
  bound: number | undefined,
  kind: 'least' | 'most',
): string[] {
  if (bound === undefined) return [];
  const isReached = kind === 'least' ? measured >= bound : measured <= bound;
  const shown = measured.toFixed(measured < 10 ? 3 : 0);
  return [`- ${at}: ${what} ${shown}, at ${kind} ${bound}: ${isReached ? 'reached' : 'missed'}`];
}
