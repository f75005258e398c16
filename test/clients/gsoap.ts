import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClientCase, ProbeJob, ProbeLine } from './case.ts';
import { converse } from './converse.ts';

const run = promisify(execFile);
const SHARE = '/usr/share/gsoap';
const TIME = { timeout: 300_000, maxBuffer: 2 ** 26 };

/** A function that wsdl2h declared for an operation: `int __ns1__GetAccount(struct _ns1__GetAccount *in, ... *out);` */
interface Declared {
  readonly name: string;
  readonly inputs: readonly { readonly type: string; readonly name: string }[];
  /** Missing for one-way. */
  readonly output?: string;
}

/**
 * wsdl2h, soapcpp2 and gcc, with a program around that reads each request from its sample with gSOAP's own reader. A program
 * for each version of SOAP: soapcpp2 makes the table of namespaces for one.
 */
export async function callWithGsoap({ wsdl, folder, cases }: ProbeJob): Promise<ProbeLine[]> {
  const file = join(folder, 'service.h');
  await step('wsdl2h', ['-c', '-o', file, wsdl], folder);
  const header = readFileSync(file, 'utf8');
  // wsdl2h's own advice, which it leaves to its user.
  if (/\bxsd__duration\b/.test(header) && !/typedef [^;]*\bxsd__duration;/.test(header))
    writeFileSync(file, `#import "custom/duration.h"\n${header}`);
  const declared = functionsIn(header);
  const lines: ProbeLine[] = [];
  for (const [version, option] of [
    ['1.1', '-1'],
    ['1.2', '-2'],
  ] as const) {
    const begun = cases.flatMap((one) => {
      const found = declared.get(mangled(one.operation));
      return found === undefined || one.soapVersion !== version ? [] : [{ one, found }];
    });
    if (begun.length > 0) lines.push(...(await callInVersion(folder, option, begun)));
  }
  if (lines.length === 0) throw new Error('wsdl2h declared none of the operations');
  return lines;
}

type Begun = readonly { readonly one: ClientCase; readonly found: Declared }[];

async function callInVersion(parent: string, option: string, begun: Begun): Promise<ProbeLine[]> {
  const folder = join(parent, `soap${option}`);
  mkdirSync(folder);
  const imports = [`-I${SHARE}/import`, `-I${SHARE}`];
  await step('soapcpp2', ['-C', '-c', '-L', '-x', option, ...imports, '../service.h'], folder);
  writeFileSync(join(folder, 'main.c'), programOf(namespaceFileIn(folder), begun));
  await step(
    'gcc',
    ['-w', '-O0', '-o', 'probe', 'main.c', 'soapC.c', 'soapClient.c', '-lgsoap', '-lm'],
    folder,
  );
  return converse(join(folder, 'probe'), [], '', (line) => {
    const [id, outcome = ''] = line.split('\t');
    return outcome === 'ok' ? { id: Number(id), ok: true } : { id: Number(id), ok: false, reason: outcome };
  });
}

async function step(program: string, words: readonly string[], cwd: string): Promise<void> {
  try {
    await run(program, words, { ...TIME, cwd });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const telling =
      `${stdout}\n${stderr}`.split('\n').find((line) => /error|undefined/i.test(line)) ?? stderr;
    throw new Error(`${program}: ${telling.slice(0, 300)}`, { cause: error });
  }
}

/** gSOAP's spelling of a name in C: `_` and what is no letter or digit have words of their own. */
function mangled(name: string): string {
  return name.replaceAll('_', '_USCORE').replaceAll('-', '_').replaceAll('.', '_x002e');
}

/** By operation, from the prototypes in wsdl2h's header; of ports with the same operations the first. */
function functionsIn(header: string): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const [, name, operation, list] of header.matchAll(/^int ((?:__)?\w+?__(\w+?)_*)\(([^;]*?)\);/gms))
    if (!found.has(operation!)) found.set(operation!, toDeclared(name!, list!.replaceAll(/\/\/[^\n]*/g, '')));
  return found;
}

function toDeclared(name: string, list: string): Declared {
  const words = list.split(',').map((word) => word.trim().replaceAll(/\s+/g, ' '));
  const parameters = words.map((word) => {
    const [, type = word, own = ''] = /^(.*?)\s*:?(\w+)$/.exec(word) ?? [];
    return { type: type.trim(), name: own };
  });
  const last = parameters.pop()!;
  if (last.name === 'void' || last.type === 'void') return { name, inputs: parameters };
  return {
    name,
    inputs: parameters,
    // The function is given its address.
    output: last.type.replace(/\s*[*&]$/, ''),
  };
}

function programOf(table: string, begun: Begun): string {
  const functions = begun.map(({ one, found }) => functionOf(one, found)).join('\n');
  const calls = begun.map(({ one }) => `  case_${one.id}();`).join('\n');
  return `#include "soapH.h"
#include "${table}"
#include <stdio.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

static void told(struct soap *soap, int id) {
  char text[400];
  if (!soap->error || soap->error == 202 || soap->error == 200) { printf("%d\\tok\\n", id); }
  else {
    soap_sprint_fault(soap, text, sizeof text);
    for (char *c = text; *c; c++) if (*c == '\\n' || *c == '\\t') *c = ' ';
    printf("%d\\t%s\\n", id, text);
  }
  fflush(stdout);
}
${functions}
int main(void) {
${calls}
  return 0;
}
`;
}

/** soapcpp2 writes the table of namespaces into a file named after the service. */
function namespaceFileIn(folder: string): string {
  const table = readdirSync(folder).find((name) => name.endsWith('.nsmap'));
  if (table === undefined) throw new Error('soapcpp2 wrote no table of namespaces');
  return table;
}

/** gSOAP's readers of the simple types of C. */
const READERS: Readonly<Record<string, string>> = {
  'char*': 'string',
  'unsigned int': 'unsignedInt',
  'unsigned short': 'unsignedShort',
  'unsigned char': 'unsignedByte',
  'unsigned long': 'unsignedLong',
  char: 'byte',
};

function functionOf({ id, endpoint, envelope, style, soapVersion }: ClientCase, found: Declared): string {
  const isRpc = style.startsWith('rpc');
  const input = isRpc ? `struct ${found.name.replace(/^__/, '')}` : (found.inputs[0]?.type ?? '');
  const bare = input.replace(/\s*\*$/, '');
  const reader = READERS[bare] ?? bare.replace(/^(?:struct|enum) /, '');
  const names = isRpc
    ? found.inputs.map(({ name }) => `in.${name}`)
    : found.inputs.map(() => (input.endsWith('*') ? '&in' : 'in'));
  const output = found.output;
  const out = output === undefined ? [] : ['&out'];
  const words = ['soap', JSON.stringify(endpoint), 'NULL', ...names, ...out].join(', ');
  const outType = output === undefined ? '' : `  ${output} out; memset(&out, 0, sizeof out);\n`;
  const call =
    output === undefined
      ? `soap_send_${found.name}(${words}) || soap_recv_empty_response(soap);`
      : `soap_call_${found.name}(${words});`;
  return `static void case_${id}(void) {
  struct soap *soap = soap_new();
  soap_set_namespaces(soap, namespaces);
  soap->connect_timeout = soap->recv_timeout = 15;
  ${bare} in; memset(&in, 0, sizeof in);
${outType}  soap->recvfd = open(${JSON.stringify(envelope)}, O_RDONLY);
  if (${found.inputs.length === 0 ? '0' : `soap_begin_recv(soap) || soap_envelope_begin_in(soap) || soap_recv_header(soap) || soap_body_begin_in(soap) || !soap_get_${reader}(soap, &in, NULL, NULL)`}) { told(soap, ${id}); close(soap->recvfd); return; }
  soap_end_recv(soap);
  close(soap->recvfd);
  soap->error = 0;
  soap_set_version(soap, ${soapVersion === '1.2' ? 2 : 1});
  ${call}
  told(soap, ${id});
}
`;
}
