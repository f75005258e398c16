import type { ConfigSchema } from './portico-schema.ts';
import { record } from './schema-parts.ts';

/** `events`. */
export const eventsSchema: ConfigSchema = record(
  'Events out and in, see [events](events.md). Routes say by `publish` what they tell.',
  {
    unrouted: {
      description:
        'What becomes of an event that no queue of the broker takes: it is kept in the outbox and tried again, or it counts as published.',
      type: 'string',
      enum: ['keep', 'drop'],
      default: 'keep',
    },
  },
);
