import type { Load } from '../scene/load.ts';
import type { Result } from '../measure/measure-load.ts';

const ROW = 22;
const LEFT = 190;
const WIDTH = 420;
const MARGIN = 20;
const colours: Readonly<Record<string, string>> = {
  portico: '#0b6e4f',
  'pass-through': '#8a8f98',
  'node-hello': '#8a8f98',
};

/** Bars of the ratios at the most connections, a group a load: SVG that needs nothing but itself. */
export function toChart(loads: readonly Load[], results: readonly Result[]): string {
  const lines: string[] = [];
  let y = MARGIN + 30;
  for (const { name, title, connections, reference } of loads) {
    const most = Math.max(...connections);
    lines.push(text(MARGIN, y, `${title}, ${most} connections (${reference} = 1)`, 'font-weight="600"'));
    y += 10;
    for (const result of results.filter((one) => one.load === name && one.connections === most)) {
      lines.push(...bar(result, y));
      y += ROW;
    }
    y += ROW;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 100} ${y}" font-family="system-ui, sans-serif" font-size="13" fill="#24292f">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(
      MARGIN,
      MARGIN + 5,
      'Requests for the same CPU, compared with a proxy that translates nothing',
      'font-size="15" font-weight="600"',
    ),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function bar({ contender, ratio }: Result, y: number): string[] {
  const width = Math.max(1, Math.min(1.2, ratio) * (WIDTH / 1.2));
  const fill = colours[contender] ?? '#c4682b';
  return [
    text(LEFT - 10, y + 15, contender, 'text-anchor="end"'),
    `<rect x="${LEFT}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 6}" rx="2" fill="${fill}"/>`,
    text(LEFT + width + 6, y + 15, ratio.toFixed(ratio < 0.1 ? 3 : 2)),
  ];
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const escaped = content.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${escaped}</text>`;
}
