import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFacade, describeFacade, parseConfig } from '../../../facade/index.ts';
import { bankWsdl } from '../bank-wsdl.ts';
import { startBank } from '../bank.ts';

describe('routes that cannot be', () => {
  const route = (text: string): string =>
    `{ operation: Notify, method: ${text}, input: { text: query.text } }`;
  const refuse = async (services: string, expected: RegExp): Promise<void> => {
    await assert.rejects(startBank({ services }), (error: Error & { code?: string }) => {
      assert.equal(error.name, 'ConfigError');
      assert.ok(error.code, 'the command line shows it without a stack');
      assert.match(error.message, expected);
      return true;
    });
  };

  it('are refused where they would hide a page', async () => {
    await refuse(
      `a: { wsdl: bank.wsdl, routes: [ ${route('GET, path: /healthz')} ] }`,
      /the route GET \/healthz would hide the page \/healthz/,
    );
    await refuse(
      `a: { wsdl: bank.wsdl, routes: [ ${route('GET, path: "/{text}"').replace('query.text', 'path.text')} ] }`,
      /would hide the page/,
    );
  });

  it('are refused where two services answer the same', async () => {
    const routes = `wsdl: bank.wsdl, routes: [ ${route('POST, path: /v1/notices')} ]`;
    await refuse(`a: { ${routes} }\n  b: { ${routes} }`, /two routes answer POST \/v1\/notices/);
  });

  it('are refused with every problem of every row', async () => {
    await refuse(
      'a: { wsdl: bank.wsdl, routes: [ { operation: Notfy, method: POST, path: /a }, { operation: Transfer, method: POST, path: /b, input: { amont: query.x } } ] }',
      /services\.a\.routes\.0\.operation: .*Did you mean "Notify"[\s\S]*services\.a\.routes\.1\.input\.amont: /,
    );
  });

  it('are refused where the contract has no such service or port', async () => {
    await refuse('a: { wsdl: bank.wsdl, port: Nope }', /no such wsdlService and port; it has Bank\/BankPort/);
  });

  it('are refused with the lines of the file, where those are known', async () => {
    const yaml = `auth: { development: true }
services:
  a:
    wsdl: bank.wsdl
    routes:
      - operation: Transfer
        method: POST
        path: /b
        input:
          options.chanel: { const: WEB }
`;
    const { config, problemAt } = parseConfig('p.yaml', yaml, {});
    assert.ok(config && problemAt);
    const folder = mkdtempSync(join(tmpdir(), 'portico-lines-'));
    writeFileSync(join(folder, 'bank.wsdl'), bankWsdl);
    const expected = /^p\.yaml:10:\d+ error services\.a\.routes\.0\.input\.options\.chanel: /;
    await assert.rejects(createFacade({ config, configDir: folder, problemAt }), { message: expected });
    await assert.rejects(describeFacade({ config, configDir: folder, problemAt }), { message: expected });
    rmSync(folder, { recursive: true });
  });
});
