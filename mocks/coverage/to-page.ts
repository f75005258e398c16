import { escapeXml as escape } from '../scan-tags.ts';
import type { CoverageReport, OperationCoverage, PointCoverage, Share } from './coverage-report.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2024}
table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e2e5e9;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}.bar{background:#e2e5e9;height:.6rem;width:12rem}.bar i{display:block;height:100%;background:#2a7d4f}
.seen{color:#2a7d4f}.missing{color:#b3261e;font-weight:600}code{font-size:.92em}`;

/** The report as a page that needs nothing else: no script, no other file. */
export function toCoveragePage(report: CoverageReport): string {
  const { summary, operations, messages } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Coverage of the mock</title><style>${STYLE}</style></head><body>
<h1>Coverage of the mock: ${summary.total.percent} %</h1>
<table><thead><tr><th>of</th><th>seen</th><th>all</th><th></th></tr></thead><tbody>${Object.entries(summary)
    .map(([name, share]) => shareRow(name, share as Share))
    .join('')}</tbody></table>
<h2>Operations</h2>
<table><thead><tr><th>operation</th><th>requests</th><th>answers</th><th>declared faults</th></tr></thead><tbody>${operations
    .map(operationRow)
    .join('')}</tbody></table>
${(['request', 'answer'] as const).map((direction) => section(messages, direction)).join('')}</body></html>
`;
}

function shareRow(name: string, { seen, all, percent }: Share): string {
  const bar = `<div class="bar"><i style="width:${percent}%"></i></div>`;
  return `<tr><td>${escape(name)}</td><td class="n">${seen}</td><td class="n">${all}</td><td>${bar}${percent} %</td></tr>`;
}

function operationRow({ service, port, operation, requests, answers, faults }: OperationCoverage): string {
  const name = `<code class="${classOf(requests)}">${escape(`${service}/${port}/${operation}`)}</code>`;
  const told = faults.map((fault) => marked(fault.name, fault.count)).join(', ');
  return `<tr><td>${name}</td><td class="n">${requests}</td><td class="n">${answers}</td><td>${told}</td></tr>`;
}

function section(messages: readonly PointCoverage[], direction: PointCoverage['direction']): string {
  const own = messages.filter((point) => point.direction === direction);
  const rows = [...Map.groupBy(own, ({ contract, where }) => `${contract}: ${where}`)].map(
    ([where, points]) => {
      const seen = points.filter(({ count }) => count > 0).length;
      const told = points.map(({ kind, name, count }) => `${kind} ${marked(name, count)}`).join(', ');
      return `<tr><td><code>${escape(where)}</code></td><td class="n">${seen}/${points.length}</td><td>${told}</td></tr>`;
    },
  );
  const head =
    '<tr><th>type or message</th><th>seen</th><th>optional members, branches, types, values, nil</th></tr>';
  return `<h2>In ${direction}s</h2><table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>\n`;
}

function marked(name: string, count: number): string {
  return `<code class="${classOf(count)}">${escape(name)}</code>`;
}

function classOf(count: number): string {
  return count > 0 ? 'seen' : 'missing';
}
