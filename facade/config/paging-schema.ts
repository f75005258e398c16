import type { ConfigSchema } from './portico-schema.ts';

const member = (description: string): ConfigSchema => ({ description, type: 'string', minLength: 1 });
/** `2026-12-31`, or a moment in UTC. */
const day = (description: string, example: string): ConfigSchema => ({
  description,
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$',
  examples: [example],
});

/** Members are checked against the contract later. */
export const pagingSchema: ConfigSchema = {
  description:
    'The answer is one page of a list: other pages are linked (`Link`) by opaque cursors. Either `cursor` and `next`, or `offset`, `limit` and `entries`; members by dotted path.',
  type: 'object',
  additionalProperties: false,
  properties: {
    cursor: member(
      "Member of the input that takes the service's token for a page; bound to a query parameter, which takes cursors instead.",
    ),
    next: member('Member of the output with the token for the next page; missing on the last one.'),
    offset: member(
      'In place of `cursor`: member of the input with the number of entries to skip, bound to a query parameter.',
    ),
    limit: member('Member of the input with the number of entries of a page, bound to a query parameter.'),
    defaultLimit: {
      description: 'With `offset`: entries of a page where the client does not say. Default: 20.',
      type: 'integer',
      minimum: 1,
      maximum: 100_000,
    },
    entries: member('With `offset`: the list in the output.'),
  },
  examples: [{ cursor: 'cursor', next: 'page.nextCursor', limit: 'limit' }],
};

export const deprecatedSchema: ConfigSchema = {
  description:
    'The route will go. Its answers say so (`Deprecation`, `Sunset`, `Link`), and the OpenAPI document.',
  type: 'object',
  additionalProperties: false,
  required: ['since'],
  properties: {
    since: day('From when it is deprecated.', '2026-01-31'),
    sunset: day('When it is expected to answer no more.', '2026-12-31T23:59:59Z'),
    link: { description: 'What to read about it.', type: 'string', pattern: '^https?://' },
  },
};
