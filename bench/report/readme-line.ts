import { readFile, writeFile } from 'node:fs/promises';
import type { Load } from '../scene/load.ts';
import type { Result } from '../measure/measure-load.ts';

const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

/** Puts the measured ratios between the two marks of a Markdown file. @throws Error if it has no such marks. */
export async function writeReadmeLine(
  file: URL,
  loads: readonly Load[],
  results: readonly Result[],
): Promise<void> {
  const text = await readFile(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`${file.pathname} has no ${BEGIN} ... ${END}`);
  const line = readmeLine(loads, results);
  await writeFile(file, `${text.slice(0, begin + BEGIN.length)}\n\n${line}\n\n${text.slice(end)}`);
}

/** A table: a row a load, at the most connections. */
function readmeLine(loads: readonly Load[], results: readonly Result[]): string {
  const rows = loads.flatMap(({ name, title, connections, reference }) => {
    const at = Math.max(...connections);
    const ratioOf = (contender: string): string =>
      results
        .find((one) => one.load === name && one.contender === contender && one.connections === at)
        ?.ratio.toFixed(2) ?? '';
    return `| ${title} | ${reference} | ${ratioOf('portico')} | ${ratioOf('express-node-soap')} |`;
  });
  return [
    '| requests for the same CPU | 1 is | Portico | Express + node-soap |',
    '|---|---|--:|--:|',
    ...rows,
  ].join('\n');
}
