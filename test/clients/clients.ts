import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProbeJob, ProbeLine } from './case.ts';
import { converse } from './converse.ts';
import { callWithGsoap } from './gsoap.ts';
import { callWithJaxWs, jaxWsIn } from './jax-ws.ts';

/** A SOAP client that nobody here wrote. */
export interface SoapClient {
  readonly name: string;
  /** Says why it cannot be used on this machine. */
  missing(): Promise<string | undefined>;
  /** @throws Error where it does not get as far as a call, e.g. because it refuses the WSDL */
  call(job: ProbeJob): Promise<ProbeLine[]>;
}

/** Where programs and libraries are that the project does not bring. */
export interface Tools {
  /** Folder with `node_modules/strong-soap`. */
  readonly strongSoap: string | undefined;
  /** Folder with the JAR files of com.sun.xml.ws:jaxws-rt and jaxws-tools 4; without it, Debian's package `jaxws` is used. */
  readonly jaxWs: string | undefined;
  /** A Python that has zeep; without it the first found. */
  readonly python: string | undefined;
}

const run = promisify(execFile);
const here = import.meta.dirname;

export function soapClients(tools: Tools): SoapClient[] {
  const { strongSoap, jaxWs } = tools;
  let python: string | undefined;
  return [
    {
      name: 'node-soap',
      missing: () => Promise.resolve(undefined),
      call: (job) => callNode('soap', import.meta.filename, job),
    },
    {
      name: 'strong-soap',
      missing: () =>
        Promise.resolve(strongSoap === undefined ? 'no folder is given with --strong-soap' : undefined),
      call: (job) => callNode('strong-soap', join(strongSoap!, 'beside.js'), job),
    },
    {
      name: 'zeep',
      missing: async () => {
        python = await pythonWithZeep(tools.python);
        return python === undefined ? 'no Python here has zeep' : undefined;
      },
      call: (job) => converse(python!, [join(here, 'probes/zeep_client.py')], JSON.stringify(job)),
    },
    {
      name: 'PHP',
      missing: () => failureOf('php', ['-r', 'class_exists("SoapClient") || exit(1);']),
      call: (job) => converse('php', [join(here, 'probes/php-client.php')], JSON.stringify(job)),
    },
    {
      name: 'JAX-WS RI',
      missing: () => failureOf(...jaxWsIn(jaxWs).check),
      call: (job) => callWithJaxWs(jaxWsIn(jaxWs), job),
    },
    { name: 'gSOAP', missing: () => failureOf('soapcpp2', ['-V']), call: callWithGsoap },
  ];
}

/** Debian's package belongs to Debian's Python, which need not be the first in the PATH. */
async function pythonWithZeep(given: string | undefined): Promise<string | undefined> {
  const candidates = given === undefined ? ['python3', '/usr/bin/python3'] : [given];
  for (const candidate of candidates)
    if ((await failureOf(candidate, ['-c', 'import zeep'])) === undefined) return candidate;
  return undefined;
}

async function failureOf(program: string, words: readonly string[]): Promise<string | undefined> {
  try {
    await run(program, words);
    return undefined;
  } catch (error) {
    return `${program} ${words.join(' ')}: ${error instanceof Error ? error.message.split('\n')[0]! : ''}`;
  }
}

function callNode(name: string, beside: string, job: ProbeJob): Promise<ProbeLine[]> {
  return converse(process.execPath, [join(here, 'probes/node-client.ts'), name, beside], JSON.stringify(job));
}
