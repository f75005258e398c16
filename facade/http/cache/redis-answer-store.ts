import { createHash, randomUUID } from 'node:crypto';
import type { RedisLink } from '../../redis/redis-link.ts';
import { redisScript } from '../../redis/redis-script.ts';
import { EVERY_TAG, type AnswerStore } from './answer-store.ts';
import { bytesOf, toCachedAnswer, type CachedAnswer } from './cached-answer.ts';

/** Versions of the tags of an answer, as they were when it was asked for. */
export type TagVersions = readonly string[];

/**
 * The answer and the versions of its tags, in one step. A tag without a version gets one, and so does one that Redis has evicted:
 * an answer kept by the old version is then forgotten, never believed.
 */
const FIND = redisScript(`
local reply = { redis.call('GET', KEYS[1]) }
for i = 2, #KEYS do
  local version = redis.call('GET', KEYS[i])
  if version then
    redis.call('PEXPIRE', KEYS[i], ARGV[2])
  else
    version = ARGV[1]
    redis.call('SET', KEYS[i], version, 'PX', ARGV[2])
  end
  reply[i] = version
end
return reply`);

/** New versions for the tags, and word of it to all processes. */
const FORGET = redisScript(`
for i = 1, #KEYS do
  redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
end
return redis.call('PUBLISH', ARGV[3], ARGV[4])`);

export interface RedisAnswerStoreOptions {
  /** The longest that an answer is kept, in milliseconds. */
  readonly longestMs: number;
  /** Told of tags that another process has forgotten. */
  readonly onForgotten: (tags: readonly string[]) => void;
}

/** Answers that all processes of this API share. Keys and tags stand there as hashes. */
export function createRedisAnswerStore(
  redis: RedisLink,
  { longestMs, onForgotten }: RedisAnswerStoreOptions,
): AnswerStore<TagVersions> {
  const sender = randomUUID();
  const channel = redis.keyOf('cache', 'forgotten');
  const answerKey = (key: string): string => redis.keyOf('answer', hashOf(key));
  const tagKeys = (tags: readonly string[]): string[] => tags.map((tag) => redis.keyOf('tag', hashOf(tag)));
  redis.subscribe(channel, (message) => {
    const { from, tags } = JSON.parse(Buffer.from(message).toString()) as Message;
    if (from !== sender) onForgotten(tags);
  });
  return {
    async find(key, tags) {
      const keys = [answerKey(key), ...(tags.length === 0 ? [] : tagKeys([EVERY_TAG, ...tags]))];
      const [kept, ...versions] = (await redis.run(
        FIND,
        keys,
        [randomUUID(), longestMs],
        'bytes',
      )) as (Buffer | null)[];
      const mark = versions.map(String);
      return { mark, answer: kept ? parse(kept, mark) : undefined };
    },
    async store(key, _tags, answer, mark, keepMs) {
      await redis.call('SET', [answerKey(key), toRecord(answer, mark), 'PX', keepMs]);
    },
    async remove(key) {
      await redis.call('DEL', [answerKey(key)]);
    },
    async forget(tags) {
      const message = JSON.stringify({ from: sender, tags } satisfies Message);
      await redis.run(FORGET, tagKeys(tags), [randomUUID(), longestMs, channel, message]);
    },
  };
}

interface Message {
  readonly from: string;
  readonly tags: readonly string[];
}

interface Head {
  readonly versions: TagVersions;
  readonly storedAt: number;
  readonly etag: string;
}

const LINE_FEED = 10;

/** A line of JSON, then the body. */
function toRecord(answer: CachedAnswer, versions: TagVersions): Uint8Array {
  const head: Head = { versions, storedAt: answer.storedAt, etag: answer.etag };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytesOf(answer)]);
}

function parse(record: Buffer, versions: TagVersions): CachedAnswer | undefined {
  const end = record.indexOf(LINE_FEED);
  const head = JSON.parse(record.toString('utf8', 0, end)) as Head;
  const isSame =
    head.versions.length === versions.length && head.versions.every((one, i) => one === versions[i]);
  return isSame ? toCachedAnswer(record.subarray(end + 1), head.storedAt, head.etag) : undefined;
}

/** Subjects, account numbers and the like are nobody's business among the keys. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
