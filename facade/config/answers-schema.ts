import type { ConfigSchema } from './portico-schema.ts';
import { integer, names, record, secret } from './schema-parts.ts';

const EXPOSED_HEADERS = [
  'DPoP-Nonce',
  'Deprecation',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Sunset',
  'WWW-Authenticate',
  'X-Request-Id',
];

/** Keys of `server` on how answers go out. */
export const answersSchema: Readonly<Record<string, ConfigSchema>> = {
  compression: {
    ...record('Compression of answers, for clients that ask for it (`Accept-Encoding`).', {
      codings: {
        description: 'Content codings, the preferred first. An empty list: none.',
        type: 'array',
        items: { type: 'string', enum: ['br', 'gzip'] },
        uniqueItems: true,
        default: ['br', 'gzip'],
      },
      minBytes: integer('Smaller answers go out as they are.', 0, 1_048_576, 1024),
    }),
    default: {},
  },
  cors: record(
    'Scripts of other sites that browsers let read answers (CORS). Without this key none.',
    {
      origins: {
        description: 'Origins, exactly: scheme, host, and port if it is not the default; or `*` alone, any.',
        type: 'array',
        items: { type: 'string', pattern: '^(\\*|https?://.+)$' },
        minItems: 1,
        uniqueItems: true,
        examples: [['https://app.bank.example']],
      },
      credentials: {
        description: 'Let browsers send cookies and client certificates along. Not with `*`.',
        type: 'boolean',
        default: false,
      },
      maxAgeSeconds: integer('How long a browser may remember what it was allowed.', 0, 86_400, 600),
      exposedHeaders: {
        ...names('Header fields of answers that scripts may read.'),
        default: EXPOSED_HEADERS,
      },
    },
    ['origins'],
  ),
  hstsSeconds: {
    description:
      'How long browsers shall use TLS alone for this host (`Strict-Transport-Security`); 0: not said. Default: a year with `server.tls`, otherwise 0.',
    type: 'integer',
    minimum: 0,
    maximum: 63_072_000,
  },
  cursorSecret: secret(
    'Seals the cursors of routes with `paging`; at least 32 characters, the same in all processes. Without it cursors are still bound to list and caller, but not secret.',
  ),
};
