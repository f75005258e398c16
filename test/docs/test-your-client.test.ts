import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import { soapClients } from '../clients/clients.ts';
import { skipBecause } from '../services/skip-because.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/test-your-client.md'), 'utf8');
const IBAN = /[A-Z]{2}\d{2}[A-Z0-9]{11,30}/;

/** How a block is run, and the client that has to be there for it. */
const LANGUAGES = {
  'sh client': { file: 'curl.sh', client: undefined, program: 'bash' },
  'js client': { file: 'client.mjs', client: 'node-soap', program: process.execPath },
  'python client': { file: 'client.py', client: 'zeep', program: 'python3' },
  'java client': { file: 'Main.java', client: 'JAX-WS RI', program: 'java' },
  'php client': { file: 'client.php', client: 'PHP', program: 'php' },
} as const;

describe('docs/test-your-client.md', function () {
  this.timeout(120_000);
  let mock: MockServer;
  let folder = '';

  before(async () => {
    mock = await createMockServer({ wsdl: join(root, 'examples/bank/wsdl/core-banking.wsdl') });
    folder = mkdtempSync(join(tmpdir(), 'portico-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await mock.close();
  });

  for (const [language, { file, client, program }] of Object.entries(LANGUAGES))
    it(`shows a client in ${file} that gets an account`, async function () {
      const found = soapClients({ strongSoap: undefined, jaxWs: undefined, python: undefined }).find(
        ({ name }) => name === client,
      );
      const missing = await found?.missing();
      if (missing !== undefined) skipBecause(this, missing);
      writeFileSync(
        join(folder, file),
        block(language).replace("'soap'", `'${import.meta.resolve('soap')}'`),
      );
      const { stdout } = language === 'java client' ? await runJava() : await runScript(program, file);
      assert.match(stdout, IBAN);
    });

  function block(language: string): string {
    const [, body] =
      new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? assert.fail(language);
    return body!.replaceAll('http://127.0.0.1:8080', mock.url);
  }

  /** Debian's Python has Debian's zeep; another that comes first in the PATH has not. */
  function runScript(program: string, file: string): Promise<{ stdout: string }> {
    const path = program === 'python3' ? `/usr/bin:${process.env.PATH ?? ''}` : process.env.PATH;
    return run(program, [file], { cwd: folder, env: { ...process.env, PATH: path } });
  }

  function runJava(): Promise<{ stdout: string }> {
    const env = { ...process.env, JAXWS: '/usr/share/java/jaxws-rt.jar' };
    return run('bash', ['-e', '-c', block('sh java')], { cwd: folder, env });
  }
});
