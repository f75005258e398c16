import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portico } from './program.ts';

const payments = readFileSync(new URL('../../examples/bank/wsdl/payments.wsdl', import.meta.url), 'utf8');

describe('a service whose WSDL names what is not there', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-lenient-'));
    const broken = payments.replace(/<\/xs(d?):schema>/, '<xs$1:element name="Lost" type="xs$1:none"/>$&');
    assert.notEqual(broken, payments);
    writeFileSync(join(folder, 'broken.wsdl'), broken);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function config(options: string): string {
    const path = join(folder, 'portico.yaml');
    writeFileSync(path, `auth: { development: true }\nservices:\n  p: { wsdl: broken.wsdl${options} }\n`);
    return path;
  }

  it('is refused by each command that reads the configuration', async () => {
    const path = config('');
    for (const args of [
      ['serve', '--port', '0', '--config', path],
      ['mock', '--port', '0', '--config', path],
      ['openapi', '--config', path],
    ]) {
      const { code, stderr } = await portico(args);
      assert.equal(code, 1, args[0]);
      assert.match(stderr, /broken\.wsdl:\d+:\d+ error .*none/);
    }
  });

  it('is described where the configuration says lenient', async () => {
    const path = config(', lenient: true');
    const { code, stdout } = await portico(['openapi', '--config', path]);
    assert.equal(code, 0);
    assert.ok(Object.keys((JSON.parse(stdout) as { paths: object }).paths).length > 0);
    assert.match((await portico(['types', '--config', path])).stdout, /export interface paths/);
  });

  it('is described by no catalog that is not there', async () => {
    const { code, stderr } = await portico([
      'openapi',
      '--config',
      config(', lenient: true, catalog: none.tsv'),
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /portico\.yaml:3:\d+ error services\.p\.catalog: .*none\.tsv/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
});
