import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toTypeScript } from '../../openapi/index.ts';
import { openBank, type OpenBank } from './open-bank.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const COMPILER_OPTIONS = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'nodenext',
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  },
  include: ['*.ts'],
};

/** As an app would write it: nothing but the generated types and openapi-fetch. */
const CLIENT = `
import createClient from 'openapi-fetch';
import type { paths } from './api.d.ts';

declare const process: { env: Record<string, string>; stdout: { write(text: string): void } };

const headers = { Authorization: \`Bearer \${process.env['TOKEN']}\` };
const client = createClient<paths>({ baseUrl: process.env['API'] ?? '', headers });

const listed = await client.GET('/v1/accounts');
const accounts = listed.data?.accounts ?? [];
const account = await client.GET('/v1/accounts/{accountId}', { params: { path: { accountId: 'acc-1001' } } });
const balance: string | undefined = account.data?.account.balance;
const missing = await client.GET('/v1/accounts/{accountId}', { params: { path: { accountId: 'acc-9999' } } });
const problem = missing.error !== undefined && 'status' in missing.error ? missing.error.status : undefined;

process.stdout.write(JSON.stringify({ count: accounts.length, balance, problem }));
`;

describe('a typed client of the bank', function () {
  this.timeout(60_000);
  let bank: OpenBank;
  let folder = '';

  before(async () => {
    bank = await openBank();
    folder = mkdtempSync(join(tmpdir(), 'portico-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(COMPILER_OPTIONS));
    writeFileSync(join(folder, 'api.d.ts'), await toTypeScript(bank.facade.openApi));
  });
  after(async () => {
    await bank.close();
    rmSync(folder, { recursive: true });
  });

  it('compiles strictly and calls the running bank', async () => {
    writeFileSync(join(folder, 'client.ts'), CLIENT);
    await run(process.execPath, [tsc, '-p', folder]);
    const { stdout } = await run(process.execPath, [join(folder, 'client.ts')], {
      env: { ...process.env, API: bank.url, TOKEN: await bank.tokenFor('anna') },
    });
    const seen = JSON.parse(stdout) as { count: number; balance: string; problem: number };
    assert.equal(seen.count, 3);
    assert.match(seen.balance, /^-?\d+(\.\d+)?$/);
    assert.equal(seen.problem, 404);
  });

  it('is told of a wrong member before it runs', async () => {
    writeFileSync(join(folder, 'client.ts'), CLIENT.replace('account.balance', 'account.saldo'));
    await assert.rejects(run(process.execPath, [tsc, '-p', folder]), (error: { stdout: string }) => {
      assert.match(error.stdout, /Property 'saldo' does not exist/);
      return true;
    });
  });
});
