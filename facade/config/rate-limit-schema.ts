import type { ConfigSchema } from './portico-schema.ts';
import { integer, record, seconds } from './schema-parts.ts';

const MOST_REQUESTS = 1_000_000_000;
const LONGEST_WINDOW = 86_400;

/** `windowSeconds` of a limit that has to be written out. */
const limit = {
  requests: {
    description: 'Requests in one window.',
    type: 'integer',
    minimum: 1,
    maximum: MOST_REQUESTS,
  },
  windowSeconds: {
    description: 'Length of the window.',
    type: 'integer',
    minimum: 1,
    maximum: LONGEST_WINDOW,
  },
} as const;

/** `rateLimit`. */
export const rateLimitSchema: ConfigSchema = record(
  'How many requests one subject may make; without a valid token, one client address. See [limits](limits.md).',
  {
    requests: integer('Requests in one window.', 1, MOST_REQUESTS, 300),
    windowSeconds: seconds('Length of the window.', 60, LONGEST_WINDOW),
    client: record(
      'How many requests one client (claim `client_id`, or `azp`) may make for all its subjects together. Default: any number.',
      limit,
      ['requests', 'windowSeconds'],
    ),
    store: {
      description:
        'Where requests are counted: by each process for itself, or in Redis for all. Default: in Redis if `redis.url` is given.',
      type: 'string',
      enum: ['memory', 'redis'],
    },
    processes: {
      description:
        'Processes of this API on all machines. While Redis is away, each admits its part of every limit. Default: the workers of this machine.',
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
    },
  },
);

/** `rateLimit` of a route (RouteMapping). */
export const routeRateLimitSchema: ConfigSchema = record(
  'A limit of this route, besides those that all routes have.',
  {
    ...limit,
    per: {
      description: 'Whose requests count together: those of a `subject`, of a `client`, or `all`.',
      type: 'string',
      enum: ['subject', 'client', 'all'],
      default: 'subject',
    },
  },
  ['requests', 'windowSeconds'],
);
