import assert from 'node:assert/strict';
import { createAnswerHead } from '../../../facade/http/answer-head.ts';
import { configOf, startBank, type Bank } from '../bank.ts';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
};
const NOTHING = "default-src 'none'; frame-ancestors 'none'";
/** Which lie in browsers' caches: the program of the page, and what a route says. */
const STORED: Readonly<Record<string, RegExp>> = {
  '/docs/swagger-ui.css': /^public, max-age=3600$/,
  '/v1/cached/4711': /^private, max-age=60$/,
};

describe('the header fields of every answer', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({ yaml: 'server: { hstsSeconds: 600 }' });
  });
  after(() => bank.close());

  const kinds: readonly (readonly [path: string, status: number, init?: Parameters<Bank['call']>[1]])[] = [
    ['/v1/accounts/4711', 200],
    ['/v1/accounts/4711', 200, { method: 'HEAD' }],
    ['/v1/accounts/4711', 204, { method: 'OPTIONS' }],
    ['/v1/accounts/4711', 405, { method: 'PUT' }],
    ['/v1/accounts/4711', 401, { headers: { Authorization: '' } }],
    ['/v1/accounts/4711', 406, { headers: { Accept: 'text/html' } }],
    ['/v1/accounts/4711?x=1', 400],
    ['/v1/accounts/%ff', 400],
    ['/v1/cached/4711', 200],
    ['/v1/cached/4711', 304, { headers: { 'If-None-Match': '*' } }],
    ['/v1/notices?text=a', 202, { method: 'POST' }],
    ['/v1/transfers', 415, { method: 'POST', body: 'a', headers: { 'Content-Type': 'text/plain' } }],
    ['/nowhere', 404],
    ['/healthz', 200],
    ['/healthz', 405, { method: 'POST' }],
    ['/readyz', 200],
    ['/openapi.json', 200],
    ['/docs', 200],
    ['/docs', 204, { method: 'OPTIONS' }],
    ['/docs/start.js', 200],
    ['/docs/swagger-ui.css', 200],
    ['/docs/portico.schema.json', 200],
  ];
  for (const [path, status, init = {}] of kinds)
    it(`${init.method ?? 'GET'} ${path} ${status}`, async () => {
      const response = await bank.call(path, { redirect: 'manual', ...init });
      await response.arrayBuffer();
      assert.equal(response.status, status);
      const found = Object.fromEntries(Object.keys(ALWAYS).map((name) => [name, response.headers.get(name)]));
      assert.deepEqual(found, ALWAYS);
      assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
      assert.equal(response.headers.get('strict-transport-security'), 'max-age=600');
      assert.match(
        response.headers.get('cache-control') ?? '',
        status < 400 ? (STORED[path] ?? /^no-store$/) : /^no-store$/,
      );
      const policy = response.headers.get('content-security-policy') ?? '';
      if (path === '/docs' && status === 200) assert.match(policy, /default-src 'none'; script-src 'self';/);
      else assert.equal(policy, NOTHING);
      assert.doesNotMatch(policy, /unsafe/);
      for (const name of ['server', 'x-powered-by', 'via']) assert.equal(response.headers.get(name), null);
    });

  it('speak of TLS where the port has it, or the configuration says so', () => {
    const headOf = (server: string): string =>
      createAnswerHead(
        configOf(`server: ${server}\nservices: { a: { wsdl: a.wsdl } }`).server,
        undefined,
      )({
        headers: {},
      } as never).join(' ');
    assert.doesNotMatch(headOf('{ port: 0 }'), /Strict-Transport/);
    assert.match(headOf('{ hstsSeconds: 60 }'), /Strict-Transport-Security max-age=60/);
  });
});
