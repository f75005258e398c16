import type { Ending } from './blame.ts';

/** A contract, and how its cases ended with each client. */
export interface Row {
  readonly path: string;
  readonly styles: string;
  readonly operations: number;
  readonly cells: ReadonlyMap<string, readonly Ending[]>;
}

/** In Markdown: answered of those that the client could express; below, the cause of each failure. */
export function toTable(rows: readonly Row[], clients: readonly string[]): string {
  const head = ['contract', 'style', 'operations', ...clients];
  const lines = rows.map(({ path, styles, operations, cells }) => [
    path,
    styles,
    String(operations),
    ...clients.map((client) => toCell(cells.get(client) ?? [])),
  ]);
  const total = [
    'all',
    '',
    String(sum(rows.map(({ operations }) => operations))),
    ...clients.map((client) => toCell(rows.flatMap(({ cells }) => cells.get(client) ?? []))),
  ];
  const table = [head, head.map(() => '---'), ...lines, total]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  return `${table}\n\n${causes(rows)}`;
}

function toCell(endings: readonly Ending[]): string {
  const answered = endings.filter(({ kind }) => kind === 'answered').length;
  const expressed = endings.filter(({ kind }) => kind !== 'not expressed').length;
  return `${answered} of ${expressed}${expressed < endings.length ? ` (${endings.length - expressed} not expressed)` : ''}`;
}

function causes(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ path, cells }) =>
    [...cells].flatMap(([client, endings]) => {
      const failed = endings.filter(({ kind }) => kind !== 'answered');
      const byReason = Object.groupBy(
        failed,
        ({ kind, reason = '' }) => `${OWNERS[kind]}: ${shortened(reason)}`,
      );
      return Object.entries(byReason).map(
        ([reason, all]) => `- ${path}, ${client}, ${all!.length} operations, ${reason}`,
      );
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** Whose the failure is. */
const OWNERS: Readonly<Record<Ending['kind'], string>> = {
  answered: 'nobody',
  'not expressed': "client's",
  client: "client's",
  unjudged: 'unjudged',
  ours: 'ours',
};

/** Addresses and generated numbers differ from run to run. */
function shortened(reason: string): string {
  return reason
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '')
    .replaceAll('|', '\\|')
    .slice(0, 200);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
