import assert from 'node:assert/strict';
import { parseConfig } from '../../../facade/index.ts';
import { problemOf, startBank, type Bank } from '../bank.ts';

const APP = 'https://app.bank.example';
const corsOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const varies = (headers: Headers): boolean => (headers.get('vary') ?? '').split(', ').includes('Origin');

describe('scripts of other sites (CORS)', () => {
  let bank: Bank;
  let off: Bank;
  before(async () => {
    bank = await startBank({
      yaml: `server: { cors: { origins: ["${APP}", "http://localhost:3000"], credentials: true, maxAgeSeconds: 60, exposedHeaders: [ETag] } }`,
    });
    off = await startBank();
  });
  after(() => Promise.all([bank.close(), off.close()]));

  const preflight = (path: string, origin: string, from = bank): Promise<Response> =>
    from.call(path, {
      method: 'OPTIONS',
      headers: { Authorization: '', Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });

  it('may ask what they may send, without a token', async () => {
    const { status, headers } = await preflight('/v1/accounts/4711/transfers', APP);
    assert.equal(status, 204);
    assert.equal(headers.get('allow'), 'POST, OPTIONS');
    const { 'access-control-allow-headers': fields = '', ...others } = corsOf(headers);
    assert.deepEqual(others, {
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '60',
    });
    for (const field of ['Authorization', 'Content-Type', 'Idempotency-Key', 'x-rate'])
      assert.ok(fields.split(', ').includes(field), field);
    assert.ok(varies(headers));
  });

  it('of a configured origin read answers, problems and pages', async () => {
    for (const [path, status] of [
      ['/v1/accounts/4711', 200],
      ['/v1/cached/4711', 200],
      ['/v1/accounts/4711?nope=1', 400],
      ['/v1/transfers', 405],
      ['/nowhere', 404],
      ['/openapi.json', 200],
    ] as const) {
      const response = await bank.call(path, { headers: { Origin: 'http://localhost:3000' } });
      assert.equal(response.status, status);
      assert.equal(response.headers.get('access-control-allow-origin'), 'http://localhost:3000', path);
      assert.ok(varies(response.headers), path);
    }
  });

  const strangers = [
    'https://evil.example',
    'null',
    '*',
    '',
    'https://app.bank.example.evil.example',
    'https://app.bank.example:444',
    'http://app.bank.example',
    'https://APP.bank.example',
    'https://app.bank.example/',
    'https://evil.app.bank.example',
    'https://appXbank.example',
    `${APP}, https://evil.example`,
    `https://evil.example, ${APP}`,
    '__proto__',
    'constructor',
  ];
  for (const origin of strangers)
    it(`of "${origin}" are told nothing (${strangers.length} origins)`, async () => {
      const asked = await preflight('/v1/transfers', origin);
      const response = await bank.call('/v1/accounts/4711', { headers: { Origin: origin } });
      assert.deepEqual([corsOf(asked.headers), corsOf(response.headers)], [{}, {}]);
      assert.ok(varies(response.headers));
    });

  it('are told nothing where nobody configured it', async () => {
    const asked = await preflight('/v1/transfers', APP, off);
    const response = await off.call('/v1/accounts/4711', { headers: { Origin: APP } });
    assert.deepEqual([asked.status, corsOf(asked.headers), corsOf(response.headers)], [204, {}, {}]);
    assert.ok(!varies(response.headers));
  });

  it('of any origin read what is open to all, without credentials', async () => {
    const open = await startBank({ yaml: 'server: { cors: { origins: ["*"], exposedHeaders: [] } }' });
    try {
      const { headers } = await open.call('/v1/accounts/4711', {
        headers: { Origin: 'https://any.example' },
      });
      assert.deepEqual(corsOf(headers), { 'access-control-allow-origin': '*' });
      assert.ok(!varies(headers));
    } finally {
      await open.close();
    }
  });

  it('still get 405 for what a path does not have, and no path for what there is not', async () => {
    const response = await preflight('/v1/nothing', APP);
    assert.equal((await problemOf(response)).code, 'not-found');
  });

  for (const [what, cors, message] of [
    [
      '"*" with credentials',
      '{ origins: ["*"], credentials: true }',
      /2:.*cors\.credentials.*name the origins/,
    ],
    ['"*" among others', '{ origins: ["*", "https://a.example"] }', /2:.*cors\.origins.*name no others/],
    ['a path', '{ origins: ["https://a.example/"] }', /2:.*origins\.0.*is not an origin/],
    ['upper case', '{ origins: ["https://A.example"] }', /2:.*origins\.0.*is not an origin/],
    ['the default port', '{ origins: ["https://a.example:443"] }', /2:.*origins\.0.*is not an origin/],
    ['a pattern', '{ origins: ["https://*.example/x"] }', /2:.*origins\.0.*is not an origin/],
    ['null', '{ origins: ["null"] }', /2:.*origins\.0/],
    ['no origin', '{ origins: [] }', /2:.*must not be empty/],
  ] as const)
    it(`are not configured by ${what}`, () => {
      const { problems } = parseConfig(
        'p.yaml',
        `auth: { development: true }\nserver: { cors: ${cors} }\nservices: { core: { wsdl: core.wsdl } }\n`,
        {},
      );
      assert.match(
        problems.map(({ line, key, message: text }) => `${line}: ${key}: ${text}`).join('\n'),
        message,
      );
    });
});
