import { takeName } from '../words.ts';
import type { OperationObject, TagObject } from './open-api-document.ts';
import type { EventStreamSurface, TokenUse } from './options.ts';
import { commonResponseName } from './problems.ts';
import { toSecurity } from './security.ts';

export const EVENTS_TAG: TagObject = { name: 'events', description: 'Events, as they come.' };

const REFUSALS = [401, 403, 429, 503];

/** The stream of events as an operation: its answer goes on as long as its client. */
export function toEventStream(
  { events }: EventStreamSurface,
  tokens: readonly TokenUse[],
  operationIds: Set<string>,
): OperationObject {
  const named = events.map((event) => `\`${event}\``).join(', ');
  return {
    operationId: takeName('streamEvents', operationIds),
    summary: 'Your events, as they come',
    description: `Server-Sent Events (HTML Standard, 9.2) of ${named}: only those that are yours. Each has its type in \`event\`, a place in \`id\`, and in \`data\` a CloudEvent 1.0 as JSON. Send the last \`id\` as \`Last-Event-ID\` to resume there. The event \`portico.gap\` says that some may be missing. The stream ends when the token expires.`,
    tags: [EVENTS_TAG.name],
    security: toSecurity(tokens, []),
    parameters: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        required: false,
        description: 'Where to resume: the last `id` that was seen.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      '200': {
        description: 'The events, until one side ends it.',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
      ...Object.fromEntries(
        REFUSALS.map((status) => [status, { $ref: `#/components/responses/${commonResponseName(status)}` }]),
      ),
    },
  };
}
