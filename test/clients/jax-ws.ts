import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProbeJob, ProbeLine } from './case.ts';
import { converse } from './converse.ts';

const run = promisify(execFile);
const TIME = { timeout: 300_000, maxBuffer: 2 ** 26 };

/** A reference implementation of JAX-WS: 4 has its API in the package `jakarta`, Debian's 2.3 in `javax`. */
interface JaxWs {
  readonly classPath: string;
  readonly api: 'jakarta' | 'javax';
  readonly bindings: string;
  /** A command that fails where it is not installed. */
  readonly check: readonly [string, readonly string[]];
}

export function jaxWsIn(folder: string | undefined): JaxWs {
  const check = (classPath: string): JaxWs['check'] => ['javac', ['-cp', classPath, '-version']];
  if (folder !== undefined) {
    const classPath = `${folder}/*`;
    return {
      classPath,
      api: 'jakarta',
      bindings: 'https://jakarta.ee/xml/ns/jaxws',
      check: check(classPath),
    };
  }
  const classPath = '/usr/share/java/jaxws-tools.jar:/usr/share/java/jaxws-rt.jar';
  const isThere = existsSync('/usr/share/java/jaxws-tools.jar');
  return {
    classPath,
    api: 'javax',
    bindings: 'http://java.sun.com/xml/ns/jaxws',
    check: isThere ? check(classPath) : ['wsimport', ['-version']],
  };
}

/** wsimport, and a program around that reads each request from its sample with JAXB. */
export async function callWithJaxWs(jaxWs: JaxWs, { wsdl, folder, cases }: ProbeJob): Promise<ProbeLine[]> {
  await importWsdl(jaxWs, wsdl, folder);
  const classPath = `${jaxWs.classPath}:${folder}`;
  const probe = await compileProbe(jaxWs, folder);
  const lines = cases.map(({ id, service, port, operation, endpoint, envelope }) =>
    [id, service, port, operation, endpoint, envelope].join('\t'),
  );
  const words = ['-cp', `${classPath}:${probe}`, 'JaxWsClient'];
  return converse('java', words, [wsdl, folder, ...lines, ''].join('\n'), (line) => {
    const [id, outcome = ''] = line.split('\t');
    return outcome === 'ok' ? { id: Number(id), ok: true } : { id: Number(id), ok: false, reason: outcome };
  });
}

/** Without the wrapper style, so that every message is one object that JAXB can read from the sample. */
async function importWsdl({ classPath, bindings }: JaxWs, wsdl: string, folder: string): Promise<void> {
  const bare = join(folder, 'bare.xml');
  writeFileSync(
    bare,
    `<bindings wsdlLocation="${wsdl}" xmlns="${bindings}"><enableWrapperStyle>false</enableWrapperStyle></bindings>`,
  );
  const words = ['-cp', classPath, 'com.sun.tools.ws.WsImport', '-extension', '-quiet', '-d', folder];
  try {
    await run('java', [...words, '-b', bare, wsdl], TIME);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`wsimport: ${`${stdout}${stderr}`.replaceAll(/\s+/g, ' ').slice(0, 400)}`, {
      cause: error,
    });
  }
  const made = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  if (!made.some((name) => name.endsWith('.class'))) throw new Error('wsimport made no class');
}

/** Once for all contracts. */
async function compileProbe({ classPath, api }: JaxWs, folder: string): Promise<string> {
  const probe = join(folder, '../../jax-ws-probe');
  if (existsSync(probe)) return probe;
  const source = readFileSync(join(import.meta.dirname, 'probes/JaxWsClient.java'), 'utf8');
  const file = join(folder, 'JaxWsClient.java');
  writeFileSync(file, source.replaceAll('import jakarta.', `import ${api}.`));
  await run('javac', ['-cp', classPath, '-d', probe, file], TIME);
  return probe;
}
