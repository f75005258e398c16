import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../bundle.ts';
import * as source from '../../index.ts';

const root = join(import.meta.dirname, '..', '..');
const NODES_OWN_UNDICI = 'NativeModule internal/deps/undici/undici';

describe('our code as few files', () => {
  let folder: string;
  before(async () => {
    // Where packages are found from.
    folder = mkdtempSync(join(root, 'node_modules', '.portico-bundle-'));
    await bundle(root, folder);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives the names of the library', async () => {
    const built = (await import(pathToFileURL(join(folder, 'index.js')).href)) as object;
    assert.deepEqual(Object.keys(built).sort(), Object.keys(source).sort());
  });

  it('runs commands, each from what is loaded for it, with the outcome of the source', () => {
    const openapi = ['openapi', 'examples/bank/wsdl/core-banking.wsdl'];
    const run = (main: string): string =>
      execFileSync(process.execPath, [main, ...openapi], { cwd: root, encoding: 'utf8' });
    assert.equal(run(join(folder, 'cli.js')), run(join(root, 'cli', 'main.ts')));
  });

  it('keeps commands in SQLite, in a thread of its own', () => {
    const [store] = readdirSync(folder).filter((name) => name.startsWith('sqlite-command-store'));
    const times = { answeredMs: 60_000, unknownMs: 60_000, leaseMs: 60_000, eventsMs: 60_000 };
    const options = JSON.stringify({ path: join(folder, 'commands.sqlite'), owner: 'one', times });
    assert.equal(
      printed(`./${store}`, `(await m.openSqliteCommandStore(${options})).close().then(() => 'closed')`),
      'closed',
    );
  });

  it('leaves what Node would load for the names of node:http alone', () => {
    const loads = (what: string): string =>
      printed(what, `process.moduleLoadList.includes('${NODES_OWN_UNDICI}')`);
    assert.equal(loads('./facade.js'), 'false');
    assert.equal(loads('node:http'), 'true', 'Node has changed: the plugin is no longer needed');
  });

  /** What `expression` comes to in a process of its own, `m` being the module. */
  function printed(specifier: string, expression: string): string {
    const script = `import('${specifier}').then(async (m) => console.log(await ${expression}))`;
    return execFileSync(process.execPath, ['--eval', script], { cwd: folder, encoding: 'utf8' }).trim();
  }
});
