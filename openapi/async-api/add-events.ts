import type { Route } from '../route.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import type { AsyncSurface } from './async-surface.ts';
import type { OperationMessages } from './operation-messages.ts';

const CLOUD_EVENT = 'CloudEvent';

/** Names of schemas that documents with events have. */
export const CLOUD_EVENT_SCHEMAS: readonly string[] = [CLOUD_EVENT];

/** CloudEvents 1.0, JSON Event Format, 3. */
const ENVELOPE: SchemaObject = {
  type: 'object',
  description: 'CloudEvents 1.0 in structured mode.',
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: { type: 'string', description: 'The same for an event that comes twice.' },
    source: { type: 'string', format: 'uri-reference' },
    type: { type: 'string', description: 'Name of the event; also its routing key.' },
    subject: { type: 'string', description: 'What it is about.' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { type: 'string' },
    requestid: { type: 'string', description: 'Of the request that caused it.' },
  },
  required: ['specversion', 'id', 'source', 'type'],
};

const XML_DATA: SchemaObject = {
  type: 'string',
  contentMediaType: 'application/xml',
  description: 'An XML document with the element that the contract declares.',
};

/** Events that routes publish, each by its name on the topic exchange. */
export function addEvents(
  surface: AsyncSurface,
  messages: OperationMessages,
  routes: readonly Route[],
  exchange: string,
  schemas: Map<string, SchemaObject>,
): void {
  const published = Map.groupBy(
    routes.filter(({ publish }) => publish !== undefined),
    ({ publish }) => publish!.event,
  );
  for (const [event, sources] of published) {
    schemas.set(CLOUD_EVENT, ENVELOPE);
    addEvent(surface, event, exchange, dataOf(messages, sources));
  }
}

/** Their outputs, of which each is the data of the event. */
function dataOf(messages: OperationMessages, routes: readonly Route[]): SchemaObject[] {
  return routes.flatMap((route) =>
    route.publish?.format === 'xml' ? [XML_DATA] : (messages.answer(route)?.json.payload ?? []),
  );
}

function addEvent(
  surface: AsyncSurface,
  event: string,
  exchange: string,
  data: readonly SchemaObject[],
): void {
  const message = surface.addMessage(event, {
    name: event,
    title: event,
    contentType: 'application/cloudevents+json',
    headers: { type: 'object' },
    payload: {
      allOf: [
        { $ref: `#/components/schemas/${CLOUD_EVENT}` },
        {
          type: 'object',
          properties: {
            type: { type: 'string', const: event },
            ...(data.length > 0 && { data: data.length === 1 ? data[0]! : { anyOf: [...data] } }),
          },
        },
      ],
    },
    bindings: { amqp: { messageType: event, bindingVersion: '0.3.0' } },
  });
  const channel = surface.addChannel(event, {
    address: event,
    description: 'Told after success: at least once, and with the same id each time.',
    messages: {},
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: { name: exchange, type: 'topic', durable: true, autoDelete: false },
        bindingVersion: '0.3.0',
      },
    },
  });
  surface.addOperation(`publish.${event}`, {
    action: 'send',
    channel: { $ref: `#/channels/${channel}` },
    title: event,
    bindings: { amqp: { deliveryMode: 2, bindingVersion: '0.3.0' } },
    messages: surface.carry(channel, [message]),
  });
}
