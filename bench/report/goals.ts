import type { Result } from '../measure/measure-load.ts';

/** Least ratio of Portico to the reference of a load, at its most connections. */
const goals: Readonly<Record<string, number>> = {
  account: 0.75,
  'rows-100': 0.3,
  'rows-10000': 0.22,
  cached: 0.8,
};

/** A line a goal: what it asks, what was measured, and whether that is enough. */
export function judgeGoals(results: readonly Result[]): string[] {
  return Object.entries(goals).flatMap(([load, least]) => {
    const measured = results.filter((one) => one.load === load && one.contender === 'portico');
    const at = Math.max(...measured.map(({ connections }) => connections));
    return measured
      .filter(({ connections }) => connections === at)
      .map(({ ratio, connections }) => {
        const verdict = ratio >= least ? 'reached' : 'missed';
        return `- ${load}, ${connections} connections: ${ratio.toFixed(2)} of ${least.toFixed(2)}, ${verdict}`;
      });
  });
}
