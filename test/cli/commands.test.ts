import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { portico } from './program.ts';

const bank = fileURLToPath(new URL('../../examples/bank/wsdl', import.meta.url));
const payments = join(bank, 'payments.wsdl');
const coreBanking = join(bank, 'core-banking.wsdl');

describe('the command line', function () {
  this.timeout(60_000);
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('lists its commands and gives help for each', async () => {
    const list = await portico([]);
    assert.equal(list.code, 0);
    for (const name of [
      'import',
      'inspect',
      'serve',
      'mock',
      'openapi',
      'asyncapi',
      'dlq',
      'types',
      'sample',
      'encode',
      'decode',
      'webhooks',
      'token',
    ]) {
      assert.match(list.stdout, new RegExp(`^  ${name} `, 'm'));
      const help = await portico([name, '--help']);
      assert.equal(help.code, 0);
      assert.match(help.stdout, new RegExp(`^usage: portico ${name} `));
    }
  });

  it('answers an unknown command, option or missing argument with one line and exit code 2', async () => {
    for (const args of [
      ['frobnicate'],
      ['inspect', payments, '--nope'],
      ['inspect'],
      ['sample', payments],
      ['serve', '--port', 'x'],
    ]) {
      const { code, stderr } = await portico(args);
      assert.equal(code, 2, args.join(' '));
      assert.doesNotMatch(stderr, /\n {4}at /, 'no stack trace');
    }
  });

  it('inspects a contract as text and as JSON', async () => {
    const text = await portico(['inspect', payments]);
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /CreateTransfer {2}document\/literal {2}POST \/v1\/payments\/create-transfer/);
    assert.match(text.stdout, /fault InsufficientFunds -> 422/);
    const report = JSON.parse((await portico(['inspect', payments, '--json'])).stdout) as {
      services: unknown[];
      diagnostics: unknown[];
    };
    assert.equal(report.services.length, 1);
    assert.deepEqual(report.diagnostics, []);
  });

  it('reports every mistake of a broken WSDL with file, line and column, exit code 1 and no stack trace', async () => {
    const path = join(folder, 'broken.wsdl');
    const broken = readFileSync(payments, 'utf8')
      .replace(/type="[a-z]+:PaymentType"/, 'type="tns:PaymentTipe"')
      .replace('<wsdl:input message="', '<wsdl:input message="tns:Nowhere" was="')
      .replace('<wsdl:port name="', '<wsdl:port name="Extra" binding="tns:NoSuchBinding"/><wsdl:port name="');
    writeFileSync(path, broken);
    const { code, stderr } = await portico(['inspect', path]);
    assert.equal(code, 1);
    const errors = stderr.split('\n').filter((line) => /broken\.wsdl:\d+:\d+ error /.test(line));
    assert.ok(errors.length >= 3, stderr);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });

  it('carries a sample through encode and decode unchanged', async () => {
    for (const [wsdl, operation, direction] of [
      [coreBanking, 'GetAccount', '--response'],
      [payments, 'CreateTransfer', undefined],
      [join(bank, 'cards.wsdl'), 'BlockCard', undefined],
    ] as const) {
      const args = [wsdl, operation, ...(direction ? [direction] : [])];
      const sample = await portico(['sample', ...args, '--seed', '7']);
      assert.equal(sample.code, 0, sample.stderr);
      const encoded = await portico(['encode', ...args], { input: sample.stdout });
      assert.equal(encoded.code, 0, encoded.stderr);
      const decoded = await portico(['decode', ...args], { input: encoded.stdout });
      assert.deepEqual(JSON.parse(decoded.stdout), JSON.parse(sample.stdout));
    }
  });

  it('prints a sample of a declared fault, and decodes it with exit code 3', async () => {
    const fault = await portico([
      'sample',
      payments,
      'CreateTransfer',
      '--fault',
      'InsufficientFunds',
      '--xml',
    ]);
    assert.equal(fault.code, 0, fault.stderr);
    const decoded = await portico(['decode', payments, 'CreateTransfer', '--response'], {
      input: fault.stdout,
    });
    assert.equal(decoded.code, 3, decoded.stderr);
    assert.equal(
      (JSON.parse(decoded.stdout) as { detail: { name: string } }).detail.name,
      'InsufficientFunds',
    );
  });

  it('suggests a name for an operation that is not there, exit code 1', async () => {
    const { code, stderr } = await portico(['sample', coreBanking, 'GetAcount']);
    assert.equal(code, 1);
    assert.match(stderr, /did you mean "GetAccount"\?\n$/);
  });

  it('names every fault of a value that does not fit', async () => {
    const { code, stderr } = await portico(['encode', payments, 'CreateTransfer'], { input: '{"nope": 1}' });
    assert.equal(code, 1);
    assert.match(stderr, /\/nope unknown-member/);
    assert.match(stderr, /required/);
  });

  it('reads JSON as strictly as the facade does', async () => {
    const refused: readonly (readonly [string | Buffer, RegExp])[] = [
      ['{"amount": 9007199254740993}', /\/amount /],
      ['{"amount": "1", "amount": "2"}', /\/amount duplicate/],
      [Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]), /not UTF-8/],
      ['{"amount"', /stdin: The body is not JSON/],
    ];
    for (const [input, expected] of refused) {
      const { code, stderr } = await portico(['encode', payments, 'CreateTransfer'], { input });
      assert.equal(code, 1);
      assert.match(stderr, expected);
    }
  });

  it('imports into a configuration only where there is room, and else writes nothing', async () => {
    const config = join(folder, 'portico.yaml');
    for (const [text, where] of [
      ['- a\n', 'the file'],
      ['words\n', 'the file'],
      ['services: [1]\n', '"services"'],
      ['services: { payments: 3 }\n', '"services\\.payments"'],
    ] as const) {
      writeFileSync(config, text);
      const { code, stderr } = await portico(['import', payments, '--config', config]);
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`portico\\.yaml: ${where} must be an object`));
      assert.equal(readFileSync(config, 'utf8'), text);
      assert.equal(existsSync(join(folder, 'contracts')), false);
    }
    assert.match(
      (await portico(['import', payments, '--config', folder])).stderr,
      /cannot be read \(EISDIR\)/,
    );
    writeFileSync(config, 'services:\n');
    assert.equal((await portico(['import', payments, '--config', config])).code, 0);
    assert.ok('payments' in (parse(readFileSync(config, 'utf8')) as { services: object }).services);
  });

  it('mocks no contract whose lock is damaged', async () => {
    const config = join(folder, 'portico.yaml');
    assert.equal((await portico(['import', payments, '--config', config])).code, 0);
    for (const text of ['{', '{}', 'null']) {
      writeFileSync(join(folder, 'contracts/payments/lock.json'), text);
      const { code, stderr } = await portico(['mock', '--config', config, '--port', '0']);
      assert.equal(code, 1);
      assert.match(stderr, /^\S+lock\.json is not a lock that Portico wrote; run "portico import" again$/m);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  it('says on stderr that there is nothing to list', async () => {
    const config = join(folder, 'portico.yaml');
    assert.equal((await portico(['import', payments, '--config', config])).code, 0);
    for (const [command, said] of [
      ['operations', 'none is unknown\n'],
      ['webhooks', 'none is dead\n'],
    ] as const)
      assert.deepEqual(await portico([command, 'list', '--config', config]), {
        code: 0,
        stdout: '',
        stderr: said,
      });
  });

  it('checks no scenarios where none are named', async () => {
    const { code, stderr } = await portico(['mock', payments, '--check']);
    assert.notEqual(code, 0);
    assert.match(stderr, /--check needs --scenarios/);
  });

  it('takes what a mock cannot be for a mistake of the caller, and not for its own', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    for (const [args, said] of [
      [
        ['--proxy', 'http://127.0.0.1:1', '--record', folder],
        /needs a new or an empty folder; there is notes\.txt/,
      ],
      [['--proxy', 'nonsense'], /must have an http or https URL/],
      [['--scenarios', folder], /there are no scenarios here/],
      [['--scenarios', join(folder, 'nowhere')], /there is no file or folder of scenarios/],
    ] as const) {
      const { code, stderr } = await portico(['mock', payments, '--port', '0', ...args]);
      assert.equal(code, 1);
      assert.match(stderr, said);
      assert.doesNotMatch(stderr, /defect|\n {4}at /);
    }
  });

  it('serves no mapping that does not fit, and names its line', async () => {
    const config = join(folder, 'portico.yaml');
    writeFileSync(
      config,
      `auth: { development: true }\nservices:\n  p:\n    wsdl: ${payments}\n    routes:\n      - { operation: Nope, method: POST, path: /a }\n`,
    );
    for (const args of [
      ['serve', '--port', '0', '--config', config],
      ['openapi', '--config', config],
      ['asyncapi', '--config', config],
    ]) {
      const { code, stderr } = await portico(args);
      assert.equal(code, 1);
      assert.match(stderr, /^\S+portico\.yaml:6:22 error services\.p\.routes\.0\.operation: /);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  it('names the line of a stored contract that is not there', async () => {
    const config = join(folder, 'portico.yaml');
    writeFileSync(config, 'auth: { development: true }\nservices:\n  p:\n    contract: gone/contract.json\n');
    const { code, stderr } = await portico(['serve', '--port', '0', '--config', config]);
    assert.equal(code, 1);
    assert.match(stderr, /^\S+portico\.yaml:4:\d+ error services\.p\.contract: .*gone/);
  });

  it('imports a WSDL into a configuration that serves it, and keeps edited routes on a second import', async () => {
    const config = join(folder, 'portico.yaml');
    const first = await portico(['import', payments, '--config', config]);
    assert.equal(first.code, 0, first.stderr);
    assert.ok(existsSync(join(folder, 'contracts/payments/contract.json')));
    const edited = readFileSync(config, 'utf8').replace('/v1/payments/create-transfer', '/v1/transfers');
    writeFileSync(config, edited);
    assert.equal((await portico(['import', payments, '--config', config])).code, 0);
    assert.equal(readFileSync(config, 'utf8'), edited);
    assert.deepEqual(readdirSync(join(folder, 'contracts/payments')).sort(), [
      'contract.json',
      'documents',
      'lock.json',
    ]);
    const document = await portico(['openapi', '--config', config]);
    assert.equal(document.code, 0, document.stderr);
    assert.ok('/v1/transfers' in (parse(document.stdout) as { paths: object }).paths);
  });

  it('makes a development token with the subject and scopes asked for', async () => {
    const { code, stdout } = await portico(['token', '--sub', 'anna', '--scope', 'a b'], { cwd: folder });
    assert.equal(code, 0);
    const [, payload = ''] = stdout.trim().split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
    assert.equal(claims.sub, 'anna');
    assert.equal(claims.scope, 'a b');
  });

  it('makes no key for a configuration that does not exist', async () => {
    const { code, stderr } = await portico(['token', '--config', 'gone.yaml'], { cwd: folder });
    assert.equal(code, 1);
    assert.equal(stderr.trim(), 'gone.yaml: there is no such file');
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.equal((await portico(['--version'])).stdout.trim(), version);
  });
});
