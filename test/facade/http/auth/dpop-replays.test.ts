import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localReplays, sharedReplays, type Replays } from '../../../../facade/http/auth/dpop/replays.ts';
import { openRedisLink } from '../../../../facade/redis/open-redis-link.ts';
import type { RedisLink } from '../../../../facade/redis/redis-link.ts';
import { startBank, type Bank } from '../../bank.ts';
import { ecKey, jws, jwkOf, proofOf, send, thumbprintOf } from '../dpop-client.ts';
import { startRedis, type RedisServer } from '../../../services/redis.ts';
import { skipBecause } from '../../../services/skip-because.ts';

let now = Date.now();
const clock = (): number => now;

/** What every store of used proofs does. */
function holds(make: () => Replays): void {
  it('takes each proof once, also of many at a time', async () => {
    const replays = make();
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => replays.claim(id, now + 10_000)),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    assert.equal(await replays.claim(randomUUID(), now + 10_000), true);
    assert.equal(await replays.claim(id, now + 10_000), false);
  });
}

describe('the proofs used in one process', () => {
  beforeEach(() => {
    now = Date.now();
  });
  holds(() => localReplays(clock));

  it('are remembered as long as they would be good, and no longer', async () => {
    const replays = localReplays(clock);
    assert.equal(await replays.claim('a', now + 1000), true);
    now += 999;
    assert.equal(await replays.claim('a', now + 1000), false);
    now += 2;
    assert.equal(await replays.claim('a', now + 1000), true);
  });

  it('are bounded in number; the oldest are forgotten first', async () => {
    const replays = localReplays(clock);
    for (let index = 0; index <= 100_000; index += 1) await replays.claim(`p${index}`, now + 60_000);
    assert.equal(await replays.claim('p100000', now + 60_000), false);
    assert.equal(await replays.claim('p0', now + 60_000), true);
  });
});

describe('the proofs used in processes that share Redis', function () {
  this.timeout(30_000);
  let server: RedisServer | undefined;
  let links: RedisLink[] = [];
  const prefix = `portico-test-${randomUUID()}`;

  before(async function () {
    const started = await startRedis();
    if (typeof started === 'string') {
      console.log(`    ${started}`);
      this.skip();
    }
    server = started;
    const { url } = server;
    const open = (): Promise<RedisLink> =>
      openRedisLink({ url, prefix, timeoutMilliseconds: 1000, onTrouble: () => undefined });
    links = [await open(), await open()];
  });
  beforeEach(() => {
    now = Date.now();
  });
  after(async () => {
    for (const link of links) await link.close();
    await server?.stop();
  });
  holds(() => sharedReplays(links[0]!, clock));

  it('are known to each other', async () => {
    const [left, right] = links.map((link) => sharedReplays(link, clock));
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) =>
        (index % 2 === 0 ? left! : right!).claim(id, now + 10_000),
      ),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    const key = links[0]!.keyOf('dpop', id);
    const ttl = Number(await links[0]!.call('PTTL', [key]));
    assert.ok(ttl > 5000 && ttl <= 10_000, `forgotten in time: ${ttl}`);
  });

  it('are known to another facade with the same Redis', async () => {
    const issuerKey = ecKey();
    const key = ecKey();
    const path = '/v1/accounts/4711';
    const open = (): Promise<Bank> =>
      startBank({
        yaml: `
server: { publicUrl: "https://api.bank.example" }
redis: { url: "${server!.url}", prefix: "${prefix}" }
auth: { issuers: [ { issuer: i, audience: a, jwks: keys.json, dpop: required } ] }`,
        prepare: (folder) => {
          const keys = [{ ...jwkOf(issuerKey.publicKey), kid: 'k1' }];
          writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys }));
        },
      });
    const token = jws(
      { alg: 'ES256', kid: 'k1' },
      {
        iss: 'i',
        aud: 'a',
        sub: 'anna',
        exp: Math.floor(now / 1000) + 600,
        scope: 'accounts:read',
        cnf: { jkt: thumbprintOf(key.publicKey) },
      },
      issuerKey.privateKey,
    );
    const dpop = proofOf({ key, method: 'GET', url: `https://api.bank.example${path}`, token });
    const banks = await Promise.all([open(), open()]);
    try {
      const headers = { Authorization: `DPoP ${token}`, DPoP: dpop };
      const answers = await Promise.all(banks.map(({ url }) => send(url + path, headers)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401]);
    } finally {
      for (const bank of banks) await bank.close();
    }
  });

  it('are known to their own process alone while Redis is away, and to all again when it is back', async function () {
    if (server?.kill === undefined || server.start === undefined)
      return skipBecause(this, "the server is somebody else's: it is not stopped");
    const [left, right] = links.map((link) => sharedReplays(link, clock));
    const changed = (state: 'up' | 'down'): Promise<unknown> =>
      Promise.all(
        links.map(
          (link) =>
            new Promise<void>((resolve) => {
              if (link.isUp() === (state === 'up')) resolve();
              else
                link.onChange((next) => {
                  if (next === state) resolve();
                });
            }),
        ),
      );
    await server.kill();
    await changed('down');
    const id = randomUUID();
    assert.equal(await left!.claim(id, now + 60_000), true, 'nobody is kept out');
    assert.equal(await left!.claim(id, now + 60_000), false);
    assert.equal(await right!.claim(id, now + 60_000), true, 'once in each process');
    await server.start();
    await changed('up');
    const next = randomUUID();
    assert.equal(await left!.claim(next, now + 60_000), true);
    assert.equal(await right!.claim(next, now + 60_000), false);
  });
});
