import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { formatConfigProblem, loadConfig } from '../../facade/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** `portico` as the README defines it, run from source. */
const PRELUDE = `set -euo pipefail; portico() { "${process.execPath}" cli/main.ts "$@"; }; `;

describe('README.md', function () {
  this.timeout(60_000);
  const blocks = readBlocks(readFileSync(join(root, 'README.md'), 'utf8'));
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const script of blocks.filter((block) => block.kind === 'sh').map((block) => block.body)) {
    it(`runs as printed: ${script.split('\n')[0]}`, async () => {
      await run('bash', ['-c', PRELUDE + script], {
        cwd: root,
        env: { ...process.env, DIR: folder },
        maxBuffer: 64 * 1024 * 1024,
      });
    });
  }

  it('shows a configuration that is valid', async () => {
    const parts = blocks.filter((block) => block.kind === 'yaml').map((block) => parse(block.body) as object);
    assert.equal(parts.length, 2);
    const path = join(folder, 'shown.yaml');
    writeFileSync(path, stringify(Object.assign({}, ...parts)));
    const { problems } = await loadConfig(path, {});
    assert.deepEqual(
      problems.map((problem) => formatConfigProblem(problem)),
      [],
    );
  });

  it('shows library code that runs', async () => {
    const code = blocks.find((block) => block.kind === 'ts')?.body ?? assert.fail('no ts block');
    const path = join(folder, 'shown.ts');
    writeFileSync(path, code.replace("'portico'", `'${pathToFileURL(join(root, 'index.ts')).href}'`));
    const { stdout } = await run(process.execPath, [path], { cwd: root });
    assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+/);
  });

  it('shows a mock that starts and serves its WSDL', async () => {
    const child = spawn(
      process.execPath,
      ['cli/main.ts', 'mock', 'examples/bank/wsdl/payments.wsdl', '--port', '0'],
      { cwd: root },
    );
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const url = /http:\S+\d/.exec(line)?.[0] ?? assert.fail(line);
      assert.equal((await fetch(url)).status, 200);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

function readBlocks(page: string): { readonly kind: string; readonly body: string }[] {
  return [...page.matchAll(/^```([a-z]+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', body = '']) => ({
    kind,
    body,
  }));
}
