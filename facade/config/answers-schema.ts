import type { ConfigSchema } from './portico-schema.ts';
import { integer, record } from './schema-parts.ts';

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
};
