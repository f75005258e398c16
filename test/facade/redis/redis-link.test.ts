import assert from 'node:assert/strict';
import type { RedisLinkOptions } from '../../../facade/redis/open-redis-link.ts';
import { RedisError, type RedisLink } from '../../../facade/redis/redis-link.ts';
import { redisScript } from '../../../facade/redis/redis-script.ts';
import { openLink, requireRedis, type RedisServer } from '../../services/redis.ts';
import { skipBecause } from '../../services/skip-because.ts';

describe('the link to Redis', function () {
  this.timeout(30_000);
  let server: RedisServer;
  const links: RedisLink[] = [];
  const troubles: string[] = [];

  const open = async (options: Partial<RedisLinkOptions> = {}): Promise<RedisLink> => {
    const link = await openLink(server, {
      prefix: 'test',
      onTrouble: (message) => troubles.push(message),
      ...options,
    });
    links.push(link);
    return link;
  };
  const change = (link: RedisLink, wanted: 'up' | 'down'): Promise<boolean> =>
    new Promise((resolve) => {
      link.onChange((state, isNew) => {
        if (state === wanted) resolve(isNew);
      });
    });
  const isError =
    (code: RedisError['code']) =>
    (error: unknown): boolean =>
      error instanceof RedisError && error.code === code;

  before(async function () {
    server = await requireRedis(this);
  });
  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.close()));
  });
  after(() => server.stop());

  it('sends commands, texts and bytes', async () => {
    const link = await open();
    const key = link.keyOf('kind', 'id');
    assert.equal(key, 'test:kind:id');
    const bytes = Uint8Array.of(0, 255, 13, 10).subarray(1);
    assert.equal(await link.call('SET', [key, bytes, 'PX', 60_000]), 'OK');
    assert.deepEqual(
      new Uint8Array((await link.callForBytes('GET', [key])) as Buffer),
      Uint8Array.of(255, 13, 10),
    );
    assert.equal(await link.call('GET', [link.keyOf('kind', 'none')]), null);
  });

  it('runs scripts that the server does not know yet', async () => {
    const link = await open();
    const script = redisScript(`return {KEYS[1], ARGV[1], ${Date.now()}}`);
    const [key, argument] = (await link.run(script, ['a'], [7])) as unknown[];
    assert.deepEqual([key, argument], ['a', '7']);
    const replies = await Promise.all([1, 2, 3].map((one) => link.run(script, ['b'], [one])));
    assert.deepEqual(
      replies.map((reply) => (reply as unknown[])[1]),
      ['1', '2', '3'],
    );
  });

  it('tells of a refusal without the arguments of the command', async () => {
    const link = await open();
    await assert.rejects(link.call('INCR', [link.keyOf('kind', 'id')]), (error: unknown) => {
      assert.ok(error instanceof RedisError);
      assert.equal(error.code, 'refused');
      assert.ok(!JSON.stringify(error).includes('kind') && error.cause === undefined);
      return true;
    });
    assert.equal(link.isUp(), true);
  });

  it('passes messages on, bytes as they are', async () => {
    const [one, two] = [await open(), await open()];
    const heard = new Promise<Uint8Array>((resolve) => {
      one.subscribe('test-channel', resolve);
    });
    assert.equal(await one.call('PING', []), 'PONG');
    await two.call('PUBLISH', ['test-channel', Uint8Array.of(1, 200)]);
    assert.deepEqual(new Uint8Array(await heard), Uint8Array.of(1, 200));
  });

  it('goes on without a server that is not there, and does not name its password', async () => {
    const link = await open({ url: 'redis://user:geheim@127.0.0.1:1' });
    assert.equal(link.isUp(), false);
    await assert.rejects(link.call('PING', []), isError('away'));
    assert.ok(troubles.length > 0 && troubles.every((trouble) => !trouble.includes('geheim')));
  });

  it('fails commands at once while the server is dead, and is up and subscribed again when it is back', async function () {
    if (!server.kill || !server.start) skipBecause(this, "the server is somebody else's: it is not stopped");
    const link = await open();
    const messages: string[] = [];
    const heard = new Promise<void>((resolve) => {
      link.subscribe('again', (message) => {
        messages.push(Buffer.from(message).toString());
        resolve();
      });
    });
    const down = change(link, 'down');
    const running = Promise.allSettled(Array.from({ length: 50 }, () => link.call('PING', [])));
    await server.kill();
    await running;
    await down;
    const started = performance.now();
    await assert.rejects(link.call('PING', []), isError('away'));
    assert.ok(performance.now() - started < 50);
    const up = change(link, 'up');
    await server.start();
    assert.equal(await up, true);
    await link.call('PUBLISH', ['again', 'hello']);
    await heard;
    assert.deepEqual(messages, ['hello']);
  });

  it('waits once for a server that hangs, then not, until it answers again on the same connection', async function () {
    if (!server.freeze || !server.thaw) skipBecause(this, "the server is somebody else's: it is not stopped");
    const link = await open({ timeoutMilliseconds: 50 });
    await link.call('PING', []);
    server.freeze();
    const down = change(link, 'down');
    await assert.rejects(link.call('PING', []), isError('timeout'));
    await down;
    await assert.rejects(link.call('PING', []), isError('away'));
    const up = change(link, 'up');
    server.thaw();
    assert.equal(await up, false);
    assert.equal(await link.call('PING', []), 'PONG');
  });

  it('gives up a connection that stays silent', async function () {
    if (!server.freeze || !server.thaw) skipBecause(this, "the server is somebody else's: it is not stopped");
    const link = await open({ timeoutMilliseconds: 50 });
    server.freeze();
    try {
      await assert.rejects(link.call('PING', []), isError('timeout'));
      // Long enough that the watch has run out, which is the only event there is.
      await new Promise((resolve) => setTimeout(resolve, 2500));
    } finally {
      server.thaw();
    }
    assert.equal(await change(link, 'up'), true);
    assert.equal(await link.call('PING', []), 'PONG');
  });
});
