import assert from 'node:assert/strict';
import { startBank, type Bank } from '../../bank.ts';
import { sendRaw } from './raw-client.ts';

/** A target as it is sent, the status, and the account that the core is asked for, if it is. */
type Row = readonly [target: string, status: number, account?: string];

const rows: readonly Row[] = [
  ['/v1/accounts/4711', 200, '4711'],
  ['/v1/%61ccounts/4711', 200, '4711'],
  ['/v1/accounts/47%31%31', 200, '4711'],
  // An encoded slash is part of a name, and is never a separator.
  ['/v1/accounts/a%2Fb', 200, 'a/b'],
  ['/v1%2Faccounts%2F4711', 404],
  ['/v1/accounts%2F4711', 404],
  ['/v1/accounts/..%2Fadmin', 200, '../admin'],
  ['/v1/accounts/%2e%2e', 200, '..'],
  ['/v1/accounts/..', 200, '..'],
  ['/v1/accounts/.', 200, '.'],
  ['/v1/accounts/../accounts/4711', 404],
  ['/v1/./accounts/4711', 404],
  ['/v1/%2e/accounts/4711', 404],
  ['/../v1/accounts/4711', 404],
  ['/v1/accounts/4711/..', 404],
  ['//v1/accounts/4711', 404],
  ['/v1//accounts/4711', 404],
  ['/v1/accounts//4711', 404],
  ['/v1/accounts/', 404],
  ['/v1/accounts/4711/', 404],
  ['/v1/accounts/4711;admin=1', 200, '4711;admin=1'],
  ['/v1;a=b/accounts/4711', 404],
  ['/V1/accounts/4711', 404],
  ['/v1/ACCOUNTS/4711', 404],
  // Decoded once, and once only.
  ['/v1/accounts/%252e%252e%252f', 200, '%2e%2e%2f'],
  ['/v1/accounts/%25', 200, '%'],
  ['/v1/accounts/%2541', 200, '%41'],
  ['/v1/accounts/a+b', 200, 'a+b'],
  ['/v1/accounts/%00', 400],
  ['/v1/accounts/4711%00.json', 400],
  ['/v1/accounts/%01', 400],
  ['/v1/accounts/%EF%BF%BF', 400],
  ['/v1/accounts/%', 400],
  ['/v1/accounts/%4', 400],
  ['/v1/accounts/%zz', 400],
  ['/v1/accounts/%u0034', 400],
  // Overlong UTF-8, a lone surrogate, beyond Unicode, Latin-1.
  ['/v1/accounts/%c0%af', 400],
  ['/v1/accounts/%e0%80%af', 400],
  ['/v1/accounts/%f0%80%80%af', 400],
  ['/v1/accounts/%c1%9c', 400],
  ['/v1/accounts/%ed%a0%80', 400],
  ['/v1/accounts/%f4%90%80%80', 400],
  ['/v1/accounts/%fc', 400],
  ['/v1/accounts/%f0%9f%92%b6', 200, '\u{1f4b6}'],
  ['/v1/accounts/%0d%0aSet-Cookie:%20a=b', 200, '\r\nSet-Cookie: a=b'],
  ['/v1/accounts/4711?', 200, '4711'],
  ['/v1/accounts/4711?&&', 200, '4711'],
  ['/v1/accounts/4711?limit=1', 200, '4711'],
  ['/v1/accounts/4711?%6cimit=1', 200, '4711'],
  ['/v1/accounts/4711?limit=1&limit=2', 400],
  ['/v1/accounts/4711?limit=1&%6cimit=2', 400],
  ['/v1/accounts/4711?limit[]=1', 400],
  ['/v1/accounts/4711?limit[a]=1', 400],
  ['/v1/accounts/4711?Limit=1', 400],
  ['/v1/accounts/4711?limit=1;closed=true', 400],
  ['/v1/accounts/4711?accountId=4712', 400],
  ['/v1/accounts/4711?customerId=ben', 400],
  ['/v1/accounts/4711?__proto__[limit]=1', 400],
  ['/v1/accounts/4711?__proto__=1', 400],
  ['/v1/accounts/4711?constructor=1', 400],
  ['/v1/accounts/__proto__', 200, '__proto__'],
  ['/v1/accounts/constructor', 200, 'constructor'],
  ['/__proto__', 404],
  ['/v1/__proto__/4711', 404],
  ['/v1/accounts/4711?limit', 400],
  ['/v1/accounts/4711?limit=', 400],
  ['/v1/accounts/4711?=1', 400],
  ['/v1/accounts/4711?limit=1%00', 400],
  ['/v1/accounts/4711?limit=%C0%B1', 400],
  [`/v1/accounts/${'a'.repeat(9000)}`, 200, 'a'.repeat(9000)],
  [`/v1/accounts/4711?${'a=b&'.repeat(3000)}`, 400],
  [`/v1/${'a/'.repeat(6000)}`, 404],
  ['/docs/../openapi.json', 404],
  ['/docs/%2e%2e/portico.yaml', 404],
  ['/docs/..%2f..%2fpackage.json', 404],
  ['/docs/swagger-ui.css%00', 404],
  ['/healthz/../v1/accounts/4711', 404],
];

/** Fields by which servers are talked into another method, path, host or client; here they change nothing. */
const ignored = [
  'X-HTTP-Method-Override: DELETE',
  'X-HTTP-Method: PUT',
  'X-Method-Override: POST',
  'X-Original-URL: /v1/cached/4711',
  'X-Rewrite-URL: /v1/cached/4711',
  'X-Forwarded-Path: /v1/cached/4711',
  'X-Forwarded-Prefix: /admin',
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Proto: https',
  'X-Real-IP: 127.0.0.1',
  'Forwarded: for=127.0.0.1;host=evil.example;proto=https',
  'True-Client-IP: 127.0.0.1',
  'X-Host: evil.example',
  'X-User: ben',
  'X-Customer-Id: ben',
  'Cookie: token=abc; customerId=ben',
  'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Range: bytes=0-1',
  'TE: trailers',
  'Content-Encoding: gzip',
];

describe(`paths and header fields (${rows.length + ignored.length} tricks)`, () => {
  let bank: Bank;
  let auth: string;
  before(async () => {
    bank = await startBank({ yaml: 'rateLimit: { requests: 10000 }' });
    auth = `Authorization: Bearer ${await bank.token()}`;
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.calls.length = 0;
  });

  const get = (target: string, field = ''): ReturnType<typeof sendRaw> =>
    sendRaw(bank, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${auth}\r\n${field}\r\n`);
  const accounts = (): (string | undefined)[] =>
    bank.calls.map(({ envelope }) => textOf(/AccountId>([^<]*)</.exec(envelope)?.[1]));

  for (const [target, status, account] of rows)
    it(`${target.slice(0, 50)} is ${status}`, async () => {
      const [answer, ...others] = await get(target);
      assert.equal(answer?.status, status);
      assert.equal(others.length, 0);
      assert.deepEqual(accounts(), account === undefined ? [] : [account]);
      if (status >= 400) assert.equal(answer.headers['content-type'], 'application/problem+json');
      assert.equal(answer.headers['set-cookie'], undefined);
    });

  for (const field of ignored)
    it(`"${field.slice(0, 40).replace('\r\n', ' ')}" changes nothing`, async () => {
      const [plain] = await get('/v1/accounts/4711?limit=1');
      const [answer] = await get('/v1/accounts/4711?limit=1', `${field}\r\n`);
      assert.deepEqual([answer?.status, answer?.body], [plain?.status, plain?.body]);
      const [before, now] = bank.calls;
      assert.equal(now?.envelope, before?.envelope);
      for (const name of ['location', 'set-cookie', 'upgrade'])
        assert.equal(answer?.headers[name], undefined);
    });
});

/** The text of an element whose markup is none. */
function textOf(xml: string | undefined): string | undefined {
  return xml
    ?.replaceAll('&#13;', '\r')
    .replaceAll('&#xD;', '\r')
    .replaceAll('&#10;', '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
