import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './page-script.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1c2024;background:#fff}
header{padding:1rem 1.5rem;border-bottom:1px solid #e2e5e9;display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}h1{font-size:1.2rem;margin:0}
nav button{font:inherit;border:0;background:none;padding:.3rem .7rem;cursor:pointer;border-bottom:2px solid transparent}nav button[aria-selected=true]{border-color:#2a5db0;font-weight:600}
main{padding:1rem 1.5rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e2e5e9;vertical-align:top}
tr.call{cursor:pointer}tr.call:hover{background:#f4f6f9}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f6f9;padding:.6rem;margin:.3rem 0;max-height:24rem;overflow:auto}
.fault{color:#b3261e;font-weight:600}.output,.seen{color:#2a7d4f}.missing{color:#b3261e}.note{color:#5b6470}.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}`;

const TABS = ['journal', 'contract', 'scenarios', 'state', 'coverage'] as const;

/** Contract, live journal, scenarios, state and coverage of a mock, for people: one file, which asks the admin API for the rest. */
export function toMockPage(): string {
  const tabs = TABS.map((name) => `<button role="tab" data-tab="${name}">${name}</button>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Portico mock</title><style>${STYLE}</style></head>
<body><header><h1>Portico mock</h1><nav role="tablist">${tabs}</nav><span class="note" id="status" role="status"></span></header><main id="view"></main>
<script>${PAGE_SCRIPT}</script></body></html>
`;
}

/** Nothing but the page's own script runs in it, and it asks nobody but the mock: it shows what strangers have sent. */
export function pagePolicy(): string {
  const hash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
