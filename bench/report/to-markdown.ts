import type { Load } from '../scene/load.ts';
import type { Result } from '../measure/measure-load.ts';

const HEAD = '| contender | conn. | CPU µs | ratio | req/s | p50 ms | p99 ms | first byte ms | peak MB |';
const RULE = '|---|--:|--:|--:|--:|--:|--:|--:|--:|';

/** A table a load. */
export function toMarkdown(loads: readonly Load[], results: readonly Result[]): string {
  return loads
    .map(({ name, title, reference }) => {
      const rows = results.filter(({ load }) => load === name).map(toRow);
      return [
        `### ${title}`,
        '',
        `Ratio: CPU of ${reference} by CPU of the contender.`,
        '',
        HEAD,
        RULE,
        ...rows,
        '',
      ].join('\n');
    })
    .join('\n');
}

function toRow({ contender, connections, cpu, ratio, perSecond, p50, p99, firstByte, peak }: Result): string {
  const cells = [
    contender,
    connections,
    cpu.toFixed(cpu < 100 ? 1 : 0),
    ratio.toFixed(ratio < 0.1 ? 3 : 2),
    perSecond.toFixed(perSecond < 100 ? 1 : 0),
    p50.toFixed(2),
    p99.toFixed(2),
    firstByte.toFixed(2),
    Math.round(peak / 2 ** 20),
  ];
  return `| ${cells.join(' | ')} |`;
}
