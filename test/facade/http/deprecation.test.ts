import assert from 'node:assert/strict';
import { startBank, type Bank } from '../bank.ts';

const route = (more: string): string =>
  `bank:\n    wsdl: bank.wsdl\n    routes: [ { operation: GetAccount, method: GET, path: "/v1/accounts/{accountId}", input: { customerId: token.sub }${more} } ]`;
const start = (deprecated: string): Promise<Bank> =>
  startBank({ services: route(`, deprecated: ${deprecated}`) });

describe('a route that will go', () => {
  it('says so with every answer, errors too, and in the OpenAPI document', async () => {
    const bank = await start(
      '{ since: 2026-01-31, sunset: 2026-12-31T23:59:59Z, link: "https://bank.example/a b>;c" }',
    );
    try {
      for (const [path, headers] of [
        ['/v1/accounts/1', {}],
        ['/v1/accounts/1?x=1', {}],
        ['/v1/accounts/1', { Authorization: '' }],
      ] as const) {
        const response = await bank.call(path, { headers });
        await response.arrayBuffer();
        assert.equal(response.headers.get('deprecation'), '@1769817600');
        assert.equal(response.headers.get('sunset'), 'Thu, 31 Dec 2026 23:59:59 GMT');
        assert.equal(
          response.headers.get('link'),
          '<https://bank.example/a%20b%3E;c>; rel="deprecation"; type="text/html"',
        );
      }
      const page = await bank.call('/healthz');
      assert.equal(page.headers.get('deprecation'), null);
      assert.equal(bank.facade.openApi.paths['/v1/accounts/{accountId}']?.get?.deprecated, true);
    } finally {
      await bank.close();
    }
  });

  it('needs no more than a day', async () => {
    const bank = await start('{ since: 2030-01-01 }');
    try {
      const { headers } = await bank.call('/v1/accounts/1');
      assert.deepEqual(
        ['deprecation', 'sunset', 'link'].map((name) => headers.get(name)),
        ['@1893456000', null, null],
      );
    } finally {
      await bank.close();
    }
  });

  for (const [what, deprecated, message] of [
    [
      'a sunset before its deprecation',
      '{ since: 2026-02-01, sunset: 2026-01-31 }',
      /sunset.*must not be before/,
    ],
    ['a day that is none', '{ since: 2026-13-01 }', /since.*no such day/],
    ['a day that its month does not have', '{ since: 2026-02-31 }', /since.*no such day/],
    ['a sunset on such a day', '{ since: 2026-01-01, sunset: 2026-04-31 }', /sunset.*no such day/],
    [
      'an hour that the day does not have',
      '{ since: 2026-01-01, sunset: "2026-12-31T24:00:00Z" }',
      /sunset.*no such day/,
    ],
    ['no day', '{ sunset: 2026-01-31 }', /"since" is missing/],
    ['a link that is none', '{ since: 2026-01-01, link: "https://" }', /link.*no URL/],
  ] as const)
    it(`is not mapped with ${what}`, async () => {
      await assert.rejects(start(deprecated), message);
    });
});
