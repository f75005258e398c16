import type { ContractRow } from './inventory.ts';
import type { Outcome } from './outcome.ts';

type Cells = readonly (string | number)[];

/** Contracts and operations, passed of all, by what the inventory says is in them. */
export function constructTable(rows: readonly ContractRow[], outcomes: readonly Outcome[]): string {
  const features = new Map(rows.map((row) => [row.contract, row.features]));
  const byFeature = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    for (const feature of features.get(outcome.contract) ?? [])
      byFeature.set(feature, [...(byFeature.get(feature) ?? []), outcome]);
  }
  const lines = [...byFeature].sort(([one], [other]) => one.localeCompare(other));
  return table(
    ['construct', 'contracts', 'passed', 'operations', 'passed'],
    lines.map(([feature, group]) => [feature, ...counts(group)]),
  );
}

function counts(outcomes: readonly Outcome[]): number[] {
  return [
    outcomes.length,
    outcomes.filter(({ passed }) => passed).length,
    sum(outcomes, ({ operations }) => operations),
    sum(outcomes, ({ operationsPassed }) => operationsPassed),
  ];
}

export function causeTable(outcomes: readonly Outcome[]): string {
  const groups = Map.groupBy(
    outcomes.flatMap(({ contract, causes }) => causes.map((cause) => ({ contract, kind: cause.kind }))),
    ({ kind }) => kind,
  );
  const lines = [...groups].map(([kind, group]): Cells => {
    const contracts = new Set(group.map(({ contract }) => contract));
    return [kind, contracts.size, group.length];
  });
  return table(['cause', 'contracts', 'failures'], lines);
}

export function totals(outcomes: readonly Outcome[]): string {
  const count = (isCounted: (outcome: Outcome) => boolean): number => outcomes.filter(isCounted).length;
  const refused = count(({ refusal }) => refusal !== undefined);
  return table(
    ['', 'number'],
    [
      ['contracts', outcomes.length],
      ['compiled by the letter', count(({ compiledStrictly }) => compiledStrictly)],
      ['compiled', count(({ compiled }) => compiled)],
      ['passed', count(({ passed }) => passed)],
      ['operations', sum(outcomes, ({ operations }) => operations)],
      ['operations passed', sum(outcomes, ({ operationsPassed }) => operationsPassed)],
      ['messages', sum(outcomes, ({ messages }) => messages)],
      ['messages validated by libxml2', sum(outcomes, ({ validated }) => validated)],
      ['contracts whose schemas libxml2 refuses', refused],
    ],
  );
}

function sum(outcomes: readonly Outcome[], count: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + count(outcome), 0);
}

function table(header: readonly string[], lines: readonly Cells[]): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => String(line[column]).length)),
  );
  const toLine = (cells: Cells): string =>
    `| ${cells.map((cell, column) => (typeof cell === 'number' ? String(cell).padStart(widths[column]!) : cell.padEnd(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [toLine(header), rule, ...lines.map(toLine)].join('\n');
}
