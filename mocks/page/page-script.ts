/** The script of the page. It writes texts, never HTML: what it shows came from outside. */
export const PAGE_SCRIPT = `
'use strict';
const view = document.getElementById('view');
const status = document.getElementById('status');
const tabs = [...document.querySelectorAll('[data-tab]')];
const shown = { tab: '', calls: [], after: 0, open: new Set() };

function element(name, text, options = {}) {
  const made = Object.assign(document.createElement(name), options);
  if (text !== undefined) made.textContent = text;
  return made;
}
function row(cells, options) {
  const made = element('tr', undefined, options);
  for (const cell of cells) made.append(cell instanceof Node ? wrap(cell) : element('td', cell));
  return made;
}
function wrap(node) { const cell = element('td'); cell.append(node); return cell; }
function table(head, rows) {
  const made = element('table'); const top = element('tr');
  for (const name of head) top.append(element('th', name));
  made.append(top, ...rows); return made;
}
async function ask(path) {
  const response = await fetch('/__portico' + path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}
function pretty(value) { return value === undefined ? '' : JSON.stringify(value, undefined, 2); }

function messages(call) {
  const pair = element('div', undefined, { className: 'pair' });
  for (const name of ['request', 'response']) {
    const side = element('section'); side.append(element('strong', name + ', ' + call[name].bytes + ' bytes'));
    side.append(element('pre', pretty(call[name].json)), element('pre', call[name].xml ?? '(too large to keep)'));
    pair.append(side);
  }
  for (const miss of call.misses) pair.append(element('div', 'not by ' + miss.scenario + ': ' + miss.reason, { className: 'note' }));
  const made = element('tr'); const cell = element('td', undefined, { colSpan: 6 }); cell.append(pair); made.append(cell); return made;
}
const show = {
  async journal() {
    const { calls } = await ask('/journal?limit=1000&after=' + shown.after);
    if (calls.length > 0) shown.after = calls.at(-1).number;
    shown.calls = [...shown.calls, ...calls].slice(-1000);
    const rows = shown.calls.toReversed().flatMap((call) => {
      const by = call.answeredBy.name ?? call.answeredBy.variant;
      const line = row([
        String(call.number), call.at.slice(11, 23), call.service + '/' + call.port, call.operation ?? '(none)',
        element('span', call.outcome + ' ' + call.status, { className: call.outcome }),
        call.answeredBy.kind + (by === undefined ? '' : ' ' + by) + (call.wire === undefined ? '' : ', ' + call.wire),
      ], { className: 'call' });
      line.addEventListener('click', () => { if (!shown.open.delete(call.number)) shown.open.add(call.number); void draw(); });
      return shown.open.has(call.number) ? [line, messages(call)] : [line];
    });
    return [rows.length > 0 ? table(['', 'at', 'port', 'operation', 'answer', 'by'], rows) : element('p', 'No calls yet.', { className: 'note' })];
  },
  async contract() {
    const { ports } = await ask('/contract');
    return ports.flatMap(({ service, port, path, soapVersion, operations }) => {
      const link = element('a', 'WSDL', { href: path + '?wsdl' });
      const line = element('p', 'SOAP ' + soapVersion + ' by POST to ' + path + ', '); line.append(link);
      const rows = operations.map(({ id, style, documentation, faults }) => row([element('code', id), style, faults.join(', '), documentation]));
      return [element('h2', service + ' / ' + port), line, table(['operation', 'style', 'declared faults', ''], rows)];
    });
  },
  async scenarios() {
    const { scenarios } = await ask('/scenarios');
    if (scenarios.length === 0) return [element('p', 'No scenarios: handlers and samples answer.', { className: 'note' })];
    return [table(['scenario', 'operation', 'at'], scenarios.map(({ name, operation, file, line }) => row([name, operation, file + ':' + line])))];
  },
  async state() { return [element('pre', pretty(await ask('/state')))]; },
  async coverage() {
    const { summary, operations } = await ask('/coverage');
    const shares = Object.entries(summary).map(([name, { seen, all, percent }]) => row([name, seen + ' of ' + all, percent + ' %']));
    const rows = operations.map(({ service, port, operation, requests, answers, faults }) => row([
      element('code', service + '/' + port + '/' + operation, { className: requests > 0 ? 'seen' : 'missing' }), String(requests), String(answers),
      faults.map(({ name, count }) => name + ' ' + count).join(', '),
    ]));
    return [table(['of', 'seen', ''], shares), element('h2', 'Operations'), table(['operation', 'requests', 'answers', 'declared faults'], rows)];
  },
};
let turn = 0;
async function draw() {
  const own = ++turn; const tab = shown.tab;
  try {
    const nodes = await show[tab]();
    if (own !== turn) return;
    view.replaceChildren(...nodes); status.textContent = '';
  } catch (error) {
    if (own !== turn) return;
    if (tab === 'journal') status.textContent = 'the mock does not answer: ' + error.message;
    else view.replaceChildren(element('p', error.message, { className: 'note' }));
  }
}
function select(tab) {
  shown.tab = tab;
  for (const one of tabs) one.setAttribute('aria-selected', String(one.dataset.tab === tab));
  location.hash = tab; void draw();
}
for (const one of tabs) one.addEventListener('click', () => select(one.dataset.tab));
select(tabs.some(({ dataset }) => '#' + dataset.tab === location.hash) ? location.hash.slice(1) : 'journal');
setInterval(() => { if (shown.tab === 'journal' || shown.tab === 'coverage' || shown.tab === 'state') void draw(); }, 1000);
`;
