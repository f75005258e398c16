import { execFileSync } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const GENERATE: readonly (readonly [command: string, ...words: string[]])[] = [
  ['wsdl2h', '-c', '-o', 'bank.h', 'bank.wsdl'],
  ['soapcpp2', '-c', '-C', '-L', '-x', '-I/usr/share/gsoap/import', 'bank.h'],
  ['gcc', '-O2', '-I.', 'client.c', 'soapC.c', '-lgsoap', '-o', 'client'],
];

/**
 * Builds gSOAP's C client for `bank.wsdl` in `folder`; it reads the reply from memory.
 *
 * @returns a function that measures microseconds of CPU for one message of `rows` rows, or why there is none.
 */
export async function gsoapClient(
  folder: string,
  xml: string,
  rows: number,
): Promise<(() => number) | string> {
  await cp(join(import.meta.dirname, 'client.c'), join(folder, 'client.c'));
  await writeFile(join(folder, 'reply.xml'), xml);
  for (const [command, ...words] of GENERATE) {
    try {
      execFileSync(command, words, { cwd: folder, stdio: 'ignore' });
    } catch {
      return `no gSOAP: ${command} is missing or failed (Debian: apt-get install gsoap libgsoap-dev gcc)`;
    }
  }
  return () =>
    Number(execFileSync(join(folder, 'client'), ['reply.xml', '300', String(rows)], { cwd: folder }));
}
