import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRedisLimitStore } from '../../../../facade/http/limits/redis-limit-store.ts';
import { WindowStore } from '../../../../facade/http/limits/window-store.ts';
import { withLocalLimit } from '../../../../facade/http/limits/with-local-limit.ts';
import { RedisError, type RedisLink } from '../../../../facade/redis/redis-link.ts';
import { openLink, requireRedis, type RedisServer } from '../../../services/redis.ts';
import { describeLimitStore } from './store-suite.ts';

describe('windows in Redis', function () {
  this.timeout(30_000);
  let server: RedisServer;
  let link: RedisLink;
  const prefix = `test-${randomUUID()}`;
  let stores = 0;

  before(async function () {
    server = await requireRedis(this);
    link = await openLink(server, { prefix });
  });
  after(async () => {
    await link.close();
    await server.stop();
  });

  const create = (windowMs: number): ReturnType<typeof createRedisLimitStore> =>
    createRedisLimitStore(link, `store ${(stores += 1)}`, windowMs);

  describeLimitStore('Redis', () => ({
    create,
    // Its clock is its own.
    pass: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  }));

  it('are shared by all who name the limit alike', async () => {
    const other = await openLink(server, { prefix });
    const [one, two] = [link, other].map((each) => createRedisLimitStore(each, 'shared', 60_000));
    await one!.hit('a');
    assert.equal((await two!.hit('a')).hits, 2);
    await other.close();
  });

  it('name no subject, and end by themselves', async () => {
    await createRedisLimitStore(link, 'private', 60_000).hit('subject anna');
    const keys = (await link.call('KEYS', [`${prefix}:*`])) as string[];
    assert.ok(keys.length > 0);
    for (const key of keys) {
      assert.ok(!key.includes('anna'), key);
      assert.ok(Number(await link.call('PTTL', [key])) > 0, key);
    }
  });

  it('get an end again where one has none', async () => {
    const store = createRedisLimitStore(link, 'endless', 60_000);
    await store.hit('a');
    const [key] = (await link.call('KEYS', [`${prefix}:*endless*`])) as [string];
    await link.call('PERSIST', [key]);
    const { hits, endsAt } = await store.hit('a');
    assert.equal(hits, 2);
    assert.ok(endsAt > Date.now() + 50_000);
  });
});

describe('a shared limit whose store is away', () => {
  it('is counted by the process itself, and says so, until the store answers again', async () => {
    let isAway = true;
    const shared = {
      hit: async () => {
        if (isAway) throw new RedisError('away', 'Redis is not connected');
        return { hits: 41, endsAt: Date.now() + 1000 };
      },
    };
    const store = withLocalLimit(shared, new WindowStore(60_000));
    const away = [await store.hit('a'), await store.hit('a')];
    assert.deepEqual(
      away.map(({ hits, isLocal }) => [hits, isLocal]),
      [
        [1, true],
        [2, true],
      ],
    );
    isAway = false;
    const back = await store.hit('a');
    assert.deepEqual([back.hits, back.isLocal], [41, undefined]);
  });
});
