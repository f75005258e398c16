import { createComponentNames } from '../schema/component-names.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import { RESERVED_SCHEMAS, toProblemSchemas } from '../document/problems.ts';
import type { ServiceSurface } from '../document/options.ts';
import type { Route } from '../route.ts';
import type { AsyncApiDocument } from './async-api-document.ts';
import { AsyncSurface } from './async-surface.ts';
import { addCommands } from './add-commands.ts';
import { addEvents, CLOUD_EVENT_SCHEMAS } from './add-events.ts';
import { OperationMessages } from './operation-messages.ts';
import type { AsyncApiOptions, BrokerServer } from './options.ts';
import { BROKER, TOKEN, toSecuritySchemes } from './security.ts';
import { toAsyncSchema } from './to-async-schema.ts';

/**
 * The AsyncAPI 3.0 document of what some services do on the bus: commands that are taken from queues, replies to them, and events.
 * From the same contracts and routes as the OpenAPI document; the same input gives the same document.
 */
export function toAsyncApi(services: readonly ServiceSurface[], options: AsyncApiOptions): AsyncApiDocument {
  const { title, version, description, license, contact, queues, server, examples = true } = options;
  const schemas = new Map<string, SchemaObject>();
  const names = createComponentNames(services, [...RESERVED_SCHEMAS, ...CLOUD_EVENT_SCHEMAS]);
  const surface = new AsyncSurface();
  services.forEach((service, index) => {
    const messages = new OperationMessages(service, names[index]!, schemas, examples);
    const own = queues.map((queue) => ({ ...queue, routes: queue.routes.filter(isOf(service)) }));
    addCommands(surface, messages, own);
    addEvents(surface, messages, service.routes, options.exchange, schemas);
    messages.finish();
  });
  if (surface.hasCommands)
    for (const [name, schema] of toProblemSchemas(options.problems)) schemas.set(name, schema);
  return {
    asyncapi: '3.0.0',
    info: {
      title,
      version,
      ...(description !== undefined && { description }),
      ...(license && { license }),
      ...(contact && { contact }),
    },
    defaultContentType: 'application/json',
    ...(server && { servers: { bus: toServer(server) } }),
    channels: surface.channels,
    operations: surface.operations,
    components: {
      schemas: sorted(schemas),
      messages: surface.messages,
      correlationIds: surface.hasCommands ? CORRELATION : {},
      securitySchemes: toSecuritySchemes(
        server !== undefined,
        queues.some(({ identity }) => identity === TOKEN),
      ),
    },
  };
}

const CORRELATION = {
  correlationId: {
    location: '$message.header#/correlationId',
    description: 'The property correlation-id of AMQP: the same in a command and in the reply to it.',
  },
};

function isOf({ routes }: ServiceSurface): (route: Route) => boolean {
  const own = new Set(routes);
  return (route) => own.has(route);
}

function toServer({
  protocol,
  host,
  pathname,
}: BrokerServer): NonNullable<AsyncApiDocument['servers']>[string] {
  return {
    host,
    ...(pathname !== undefined && { pathname }),
    protocol,
    protocolVersion: '0-9-1',
    description: 'The message broker.',
    security: [{ $ref: `#/components/securitySchemes/${BROKER}` }],
  };
}

function sorted(schemas: ReadonlyMap<string, SchemaObject>): Record<string, SchemaObject> {
  const byName = [...schemas].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(byName.map(([name, schema]) => [name, toAsyncSchema(schema)]));
}
