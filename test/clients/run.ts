import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCatalog, type CompileOptions } from '../../wsdl/index.ts';
import { readScriptCall, refuseCall } from '../script-call.ts';
import type { Ending } from './blame.ts';
import type { ClientCase } from './case.ts';
import { soapClients, type SoapClient } from './clients.ts';
import { toTable, type Row } from './table.ts';
import { tryContract } from './try-contract.ts';

const USAGE = `usage: npm run clients -- <list> <folder> [--catalog FILE] [--client NAME]... [--strong-soap DIR] [--jax-ws DIR] [--python P] [--out FILE]

Lets SOAP clients that others wrote call every operation of a mock, for each WSDL of the list (a path a line, relative to
the folder), and tells what each of them could do, and whose each failure is. Exit code 1 if one is the mock's.`;

const { values, positionals } = readScriptCall(USAGE, {
  catalog: { type: 'string' },
  client: { type: 'string', multiple: true },
  'strong-soap': { type: 'string' },
  'jax-ws': { type: 'string' },
  python: { type: 'string' },
  out: { type: 'string' },
});
const [list, folder] = positionals.map((path) => resolve(path));
if (list === undefined || folder === undefined) refuseCall('it takes a list and a folder');

const tools = {
  strongSoap: values['strong-soap'] && resolve(values['strong-soap']),
  jaxWs: values['jax-ws'] && resolve(values['jax-ws']),
  python: values.python,
};
const clients: SoapClient[] = [];
for (const client of soapClients(tools)) {
  if (values.client !== undefined && !values.client.includes(client.name)) continue;
  const missing = await client.missing();
  if (missing === undefined) clients.push(client);
  else console.log(`${client.name} does not take part: ${missing}`);
}
const options: CompileOptions = {
  lenient: true,
  allowedRoots: [folder],
  ...(values.catalog !== undefined && { catalog: readCatalog(resolve(values.catalog)) }),
};
const rows: Row[] = [];
const work = mkdtempSync(join(tmpdir(), 'portico-clients-'));
try {
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    const path = line.trim();
    if (path === '' || path.startsWith('#')) continue;
    const { cases, endings } = await tryContract(join(folder, path), clients, work, options);
    for (const [client, own] of endings) tell(path, client, cases, own);
    rows.push({ path, styles: stylesOf(cases), operations: cases.length, cells: endings });
  }
} finally {
  rmSync(work, { recursive: true });
}
const table = toTable(
  rows,
  clients.map(({ name }) => name),
);
if (values.out !== undefined) writeFileSync(values.out, table);
console.log(table);
process.exitCode = rows.some(({ cells }) => [...cells.values()].flat().some(({ kind }) => kind === 'ours'))
  ? 1
  : 0;

function stylesOf(cases: readonly ClientCase[]): string {
  return [...new Set(cases.map(({ style, soapVersion }) => `${style} ${soapVersion}`))].join(', ');
}

function tell(path: string, client: string, cases: readonly ClientCase[], endings: readonly Ending[]): void {
  const answered = endings.filter(({ kind }) => kind === 'answered').length;
  console.log(`${path} ${client}: ${answered} of ${cases.length}`);
  endings.forEach(({ kind, reason = '' }, at) => {
    const { port, operation } = cases[at]!;
    if (kind !== 'answered') console.log(`  ${kind}: ${port}.${operation}: ${reason}`);
  });
}
