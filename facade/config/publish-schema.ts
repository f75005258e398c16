import type { ConfigSchema } from './portico-schema.ts';
import { record } from './schema-parts.ts';

const VALUE = '^(input|output|token)\\..+$';

/** `publish` of a route (RouteMapping). */
export const publishSchema: ConfigSchema = record(
  'Publish an event after success, see [events](events.md). It is written down with the outcome, before the client hears of it. Not for GET.',
  {
    event: {
      description: 'Type of the event; also its routing key, so words with dots between.',
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$',
      examples: ['transfer.completed'],
    },
    format: {
      description: 'Its data: the answer as JSON, or as the XML of the contract.',
      type: 'string',
      enum: ['json', 'xml'],
      default: 'json',
    },
    key: {
      description:
        'Events with the same value leave in the order of their calls: `input.<member>`, `output.<member>` or `token.<claim>`. Default: the path parameters, if there are any.',
      type: 'string',
      pattern: VALUE,
      examples: ['input.accountId'],
    },
    subject: {
      description: 'What the event is about (`subject` of CloudEvents), written as `key`.',
      type: 'string',
      pattern: VALUE,
      examples: ['output.transferId'],
    },
    attributes: {
      description:
        'Further attributes of the event, by names of at most 20 small letters and digits, each written as `key`.',
      type: 'object',
      propertyNames: { pattern: '^[a-z0-9]{1,20}$' },
      additionalProperties: { type: 'string', pattern: VALUE },
      examples: [{ customer: 'token.sub' }],
    },
  },
  ['event'],
);
