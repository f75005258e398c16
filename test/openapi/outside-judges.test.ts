import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { toTypeScript, type OpenApiDocument } from '../../openapi/index.ts';
import { bankDocument, everyTokenUse } from './bank-surface.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

describe('an OpenAPI document before outside judges', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-openapi-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const documents = {
    'with bearer tokens': bankDocument(),
    'with tokens bound to keys and certificates': bankDocument({ tokens: everyTokenUse }),
  };
  for (const [what, document] of Object.entries(documents))
    it(`passes the linter of Redocly without errors or warnings, ${what}`, () => passesLinter(document));

  async function passesLinter(document: OpenApiDocument): Promise<void> {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    const config = join(root, 'redocly.yaml');
    const cli = join(root, 'node_modules/@redocly/cli/bin/cli.js');
    const { stdout } = await run(
      process.execPath,
      [cli, 'lint', file, '--config', config, '--format', 'json'],
      {
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    );
    const { totals, problems } = JSON.parse(stdout) as {
      totals: { errors: number; warnings: number };
      problems: unknown;
    };
    assert.deepEqual(
      { errors: totals.errors, warnings: totals.warnings },
      { errors: 0, warnings: 0 },
      JSON.stringify(problems),
    );
  }

  it('gives types that take what the API takes, and nothing else', async () => {
    await writeFile(join(folder, 'api.ts'), await toTypeScript(bankDocument()));
    const right = [
      `body = { payment: { '@type': 'Sepa', amount: '1.00', iban: 'DE02' } };`,
      `const [first] = page.transaction; const amount: string | undefined = first?.amount; void amount;`,
      `if (problem.code === 'insufficient-funds') problem.fault.available.trim();`,
    ];
    const wrong = [
      `body = { payment: { '@type': 'Sepa', amount: 1, iban: 'DE02' } };`,
      `body = { payment: { '@type': 'Swift', amount: '1.00', iban: 'DE02' } };`,
      `body = { payment: { '@type': 'Sepa', amount: '1.00' } };`,
      `body = { payment: { '@type': 'Sepa', amount: '1.00', iban: 'DE02' }, customerId: 'c' };`,
      `page.transactions;`,
    ];
    assert.deepEqual(await refusedLines(folder, [...right, ...wrong]), wrong);
  });
});

const PREAMBLE = `
import type { paths } from './api.ts';
type Transfer = paths['/v1/transfers']['post'];
let body: NonNullable<Transfer['requestBody']>['content']['application/json'];
declare const problem: Transfer['responses'][422]['content']['application/problem+json'];
declare const page: paths['/v1/accounts/{accountId}/transactions']['get']['responses'][200]['content']['application/json'];
`;

/** The lines that the TypeScript compiler refuses, of code that uses the generated types. */
async function refusedLines(folder: string, lines: readonly string[]): Promise<string[]> {
  const file = join(folder, 'use.ts');
  await writeFile(file, [PREAMBLE, ...lines, 'export {};'].join('\n'));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  };
  const complaints = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  const refused = complaints.map(
    ({ file: source, start = 0 }) => source!.getLineAndCharacterOfPosition(start).line,
  );
  return [...new Set(refused)].map((line) => lines[line - PREAMBLE.split('\n').length]!);
}
