import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { toCachedAnswer } from '../../../../facade/http/cache/cached-answer.ts';
import {
  createRedisAnswerStore,
  type TagVersions,
} from '../../../../facade/http/cache/redis-answer-store.ts';
import type { AnswerStore } from '../../../../facade/http/cache/answer-store.ts';
import type { RedisLink } from '../../../../facade/redis/redis-link.ts';
import { openLink, requireRedis, type RedisServer } from '../../../services/redis.ts';
import { describeAnswerStore } from './store-suite.ts';

const A_MINUTE = 60_000;

describe('answers in Redis', function () {
  this.timeout(30_000);
  const prefix = `test-${randomUUID()}`;
  let server: RedisServer;
  let link: RedisLink;
  let store: AnswerStore<TagVersions>;
  const links: RedisLink[] = [];

  const open = async (onForgotten: (tags: readonly string[]) => void): Promise<AnswerStore<TagVersions>> => {
    link = await openLink(server, { prefix });
    links.push(link);
    return createRedisAnswerStore(link, { longestMs: A_MINUTE, onForgotten });
  };
  before(async function () {
    server = await requireRedis(this);
    store = await open(() => assert.fail('a process does not tell itself'));
  });
  after(async () => {
    await Promise.all(links.map((one) => one.close()));
    await server.stop();
  });

  describeAnswerStore(
    'Redis',
    () => store,
    // Its clock is its own.
    (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  );

  it('are the same for another process, which also hears what is forgotten', async () => {
    const heard = Promise.withResolvers<readonly string[]>();
    const other = await open(heard.resolve);
    // Its subscription comes before this on the same connection.
    await link.call('PING', []);
    const { mark } = await store.find('shared', ['account:9']);
    await store.store('shared', ['account:9'], toCachedAnswer(Buffer.from('1'), Date.now()), mark, A_MINUTE);
    assert.equal((await other.find('shared', ['account:9'])).answer?.body, '1');
    await store.forget(['account:9', 'x']);
    assert.deepEqual(await heard.promise, ['account:9', 'x']);
    assert.equal((await other.find('shared', ['account:9'])).answer, undefined);
  });

  it('are forgotten when Redis has lost the version of a tag', async () => {
    const { mark } = await store.find('evicted', ['account:10']);
    await store.store(
      'evicted',
      ['account:10'],
      toCachedAnswer(Buffer.from('1'), Date.now()),
      mark,
      A_MINUTE,
    );
    for (const key of (await link.call('KEYS', [`${prefix}:tag:*`])) as string[])
      await link.call('DEL', [key]);
    assert.equal((await store.find('evicted', ['account:10'])).answer, undefined);
  });

  it('tell nothing by their keys, and all end by themselves', async () => {
    const { mark } = await store.find('subject anna', ['account:11']);
    await store.store(
      'subject anna',
      ['account:11'],
      toCachedAnswer(Buffer.from('1'), Date.now()),
      mark,
      A_MINUTE,
    );
    const keys = (await link.call('KEYS', [`${prefix}:*`])) as string[];
    assert.ok(keys.length >= 2);
    for (const key of keys) {
      assert.doesNotMatch(key, /anna|account/);
      assert.ok(Number(await link.call('PTTL', [key])) > 0, key);
    }
  });
});
