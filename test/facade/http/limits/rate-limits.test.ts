import assert from 'node:assert/strict';
import { createDevelopmentToken } from '../../../../facade/index.ts';
import { toCaller } from '../../../../facade/http/auth/caller.ts';
import { problemOf, startBank, type Bank, type BankOptions } from '../../bank.ts';
import { requireRedis, type RedisServer } from '../../../services/redis.ts';
import { skipBecause } from '../../../services/skip-because.ts';

const tokenOf = (bank: Bank, subject: string, claims: Record<string, unknown> = {}): Promise<string> =>
  createDevelopmentToken({ configDir: bank.folder, subject, scopes: ['accounts:read'], claims });

const ask = async (bank: Bank, token: string, path = '/v1/accounts/1'): Promise<Response> =>
  bank.call(path, { headers: { Authorization: `Bearer ${token}` } });

const LIMITED = (per: string, requests: number): string =>
  `{ operation: GetAccount, method: GET, path: "/v1/${per}/{accountId}", operationId: ${per}, input: { customerId: token.sub }, rateLimit: { requests: ${requests}, windowSeconds: 100, per: ${per} } }`;

async function withBank(options: BankOptions, work: (bank: Bank) => Promise<void>): Promise<void> {
  const bank = await startBank(options);
  try {
    await work(bank);
  } finally {
    await bank.close();
  }
}

describe('limits by client and operation', () => {
  it('count what all subjects of a client do together, and tell of both limits', () =>
    withBank(
      { yaml: 'rateLimit: { requests: 10, windowSeconds: 50, client: { requests: 3, windowSeconds: 100 } }' },
      async (bank) => {
        const tokens = await Promise.all(
          ['anna', 'berta', 'carla', 'dora'].map((subject) => tokenOf(bank, subject, { client_id: 'app' })),
        );
        const answers = [];
        for (const token of tokens) answers.push(await ask(bank, token));
        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200, 200, 429],
        );
        const [first, , , last] = answers;
        assert.equal(first!.headers.get('ratelimit-policy'), '"default";q=10;w=50, "client";q=3;w=100');
        assert.match(first!.headers.get('ratelimit') ?? '', /^"default";r=9;t=\d+, "client";r=2;t=\d+$/);
        assert.match(last!.headers.get('ratelimit') ?? '', /^"default";r=9;t=\d+, "client";r=0;t=\d+$/);
        assert.ok(Number(last!.headers.get('retry-after')) > 50, 'as long as the limit that is used up');
        assert.equal((await problemOf(last!)).code, 'rate-limited');
        const other = await tokenOf(bank, 'anna', { client_id: 'other' });
        assert.equal((await ask(bank, other)).status, 200);
      },
    ));

  it('count a route by itself, for one subject, one client or all', () =>
    withBank({ routes: [LIMITED('subject', 2), LIMITED('client', 3), LIMITED('all', 4)] }, async (bank) => {
      const [anna, berta] = [
        await tokenOf(bank, 'anna', { client_id: 'app' }),
        await tokenOf(bank, 'berta', { client_id: 'app' }),
      ];
      const other = await tokenOf(bank, 'carla', { client_id: 'other' });
      const statuses = async (path: string, ...tokens: string[]): Promise<number[]> => {
        const all = [];
        for (const token of tokens) all.push((await ask(bank, token, path)).status);
        return all;
      };
      assert.deepEqual(await statuses('/v1/subject/1', anna, anna, berta, anna), [200, 200, 200, 429]);
      assert.deepEqual(
        await statuses('/v1/client/1', anna, berta, anna, berta, other),
        [200, 200, 200, 429, 200],
      );
      assert.deepEqual(
        await statuses('/v1/all/1', anna, berta, other, anna, other),
        [200, 200, 200, 200, 429],
      );
      const answer = await ask(bank, anna);
      assert.equal(answer.status, 200, 'other routes are not touched');
      assert.equal(answer.headers.get('ratelimit-policy'), '"default";q=300;w=60');
    }));

  it('are divided among processes that do not share them', () =>
    withBank({ yaml: 'rateLimit: { requests: 10 }', options: { workers: 4 } }, async (bank) => {
      const answer = await ask(bank, await tokenOf(bank, 'anna'));
      assert.equal(answer.headers.get('ratelimit-policy'), '"default";q=3;w=60');
    }));
});

describe('the client that a limit counts by', () => {
  const keyOf = (claims: Record<string, unknown>, issuer = 'i'): string =>
    toCaller({ issuer, subject: 'anna', scopes: new Set(), claims }, 'Bearer').clientKey;

  it('is the claim client_id, else azp, of one issuer', () => {
    assert.equal(keyOf({ client_id: 'app', azp: 'x' }), keyOf({ azp: 'app' }));
    const others = [keyOf({ azp: 'x' }), keyOf({}), keyOf({ azp: 'app' }, 'other'), keyOf({ azp: 'app' })];
    assert.equal(new Set(others).size, 4);
  });
});

describe('limits in Redis', function () {
  this.timeout(30_000);
  let server: RedisServer;
  before(async function () {
    server = await requireRedis(this);
  });
  after(() => server.stop());

  it('are shared; while it is away a process admits its part, fails nothing, and shares again afterwards', async function () {
    const { kill, start, url } = server;
    if (!kill || !start) return skipBecause(this, "the server is somebody else's: it is not stopped");
    const yaml = `redis: { url: "${url}", timeoutMilliseconds: 2000 }\nrateLimit: { requests: 8, windowSeconds: 100, processes: 4 }`;
    await withBank({ yaml }, (one) =>
      withBank({ yaml }, async (two) => {
        const spend = async (bank: Bank, times: number): Promise<number[]> => {
          const token = await tokenOf(bank, 'anna');
          const statuses = [];
          for (let turn = 0; turn < times; turn += 1) statuses.push((await ask(bank, token)).status);
          return statuses;
        };
        assert.deepEqual(
          [...(await spend(one, 5)), ...(await spend(two, 5))],
          [...Array<number>(8).fill(200), 429, 429],
        );
        await kill();
        assert.deepEqual(await spend(one, 4), [200, 200, 429, 429]);
        assert.deepEqual(await spend(two, 4), [200, 200, 429, 429]);
        const local = await ask(one, await tokenOf(one, 'berta'));
        assert.equal(local.headers.get('ratelimit-policy'), '"default";q=2;w=100');
        await start();
        await Promise.all([one, two].map((bank) => untilReady(bank)));
        assert.deepEqual(
          [...(await spend(one, 5)), ...(await spend(two, 4))],
          [...Array<number>(8).fill(200), 429],
        );
      }),
    );
  });
});

/** Until /readyz says that Redis is back; it has no event to wait for. */
async function untilReady(bank: Bank): Promise<void> {
  for (;;) {
    const { redis } = (await (await fetch(`${bank.url}/readyz`)).json()) as { redis: string };
    if (redis === 'connected') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
