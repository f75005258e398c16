import type { ConfigSchema } from './portico-schema.ts';
import { integer, record } from './schema-parts.ts';

const A_WEEK = 604_800;

/** A list of tags: text with members in braces. */
export function tags(description: string): ConfigSchema {
  return {
    description,
    type: 'array',
    items: { type: 'string', pattern: '^[^{}]*(\\{[^{}]+\\}[^{}]*)*$', minLength: 1 },
    minItems: 1,
    uniqueItems: true,
  };
}

/** `cache`. */
export const cacheSchema: ConfigSchema = record(
  'Answers kept for routes with `cache`, see [caching](caching.md).',
  {
    bytes: {
      description:
        'Memory for all of them together, in each process; the least recently used go first. An answer larger than an eighth of it is not kept.',
      type: 'integer',
      minimum: 65_536,
      maximum: 17_179_869_184,
      default: 67_108_864,
    },
    store: {
      description:
        'Where they are kept: in memory alone, or in Redis as well, for all processes. What a write has changed is forgotten in all of them either way. Default: `redis` if `redis.url` is given.',
      type: 'string',
      enum: ['memory', 'redis'],
    },
    invalidateOn: {
      description: 'Events of the bus after which kept answers are forgotten.',
      type: 'array',
      items: record(
        'One kind of event.',
        {
          event: {
            description: 'Its name; `*` stands for one word between dots, `#` for any number.',
            type: 'string',
            minLength: 1,
            examples: ['account.*'],
          },
          tags: {
            ...tags(
              'As `cache.tags` of a route, with `{subject}` or `{data.<member>}` of the event in braces.',
            ),
            examples: [['account:{data.accountId}']],
          },
        },
        ['event', 'tags'],
      ),
      default: [],
    },
  },
);

/** `cache` of a route (RouteMapping). */
export const routeCacheSchema: ConfigSchema = record(
  'Keep answers for the same caller and input; GET only. See [caching](caching.md).',
  {
    ttlSeconds: {
      description: 'How long an answer is fresh.',
      type: 'integer',
      minimum: 1,
      maximum: 86_400,
    },
    staleWhileRevalidateSeconds: integer(
      'How long afterwards it is still given at once, while a new one is fetched.',
      0,
      86_400,
      0,
    ),
    staleIfErrorSeconds: integer(
      'How long after `ttlSeconds` it is still given if no new one can be had.',
      0,
      A_WEEK,
      0,
    ),
    shared: {
      description:
        'Give all callers with the same input the same answer. Only where it does not depend on who asks.',
      type: 'boolean',
      default: false,
    },
    tags: {
      ...tags(
        'Names that `invalidates` of a write may forget the answer by; in braces members of the input by dotted path.',
      ),
      examples: [['account:{accountId}']],
    },
  },
  ['ttlSeconds'],
);
