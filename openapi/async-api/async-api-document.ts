import type { JsonValue } from '../../wsdl/index.ts';
import type { InfoObject } from '../document/open-api-document.ts';
import type { SchemaObject } from '../schema/json-schema.ts';

/** AsyncAPI 3.0 as far as it is made here; plain data. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: InfoObject;
  defaultContentType: 'application/json';
  servers?: Record<string, AsyncServerObject>;
  channels: Record<string, ChannelObject>;
  operations: Record<string, AsyncOperationObject>;
  components: AsyncComponentsObject;
}

export interface Reference {
  $ref: string;
}

export interface AsyncServerObject {
  host: string;
  pathname?: string;
  protocol: 'amqp' | 'amqps';
  protocolVersion: '0-9-1';
  description: string;
  security: Reference[];
}

export interface ChannelObject {
  /** `null`: it is known only at run time. */
  address: string | null;
  title?: string;
  description: string;
  messages: Record<string, Reference>;
  bindings?: { amqp: QueueBinding | RoutingKeyBinding };
}

/** AMQP bindings 0.3.0, Channel. */
export interface QueueBinding {
  is: 'queue';
  queue: { name: string; durable: true; exclusive: false; autoDelete: false };
  bindingVersion: '0.3.0';
}

export interface RoutingKeyBinding {
  is: 'routingKey';
  exchange: { name: string; type: 'topic'; durable: true; autoDelete: false };
  bindingVersion: '0.3.0';
}

export interface AsyncOperationObject {
  /** As the application sees it: `receive` a command, `send` an event. */
  action: 'receive' | 'send';
  channel: Reference;
  title?: string;
  summary?: string;
  description?: string;
  tags?: { name: string }[];
  security?: Reference[];
  bindings?: { amqp: { ack?: true; deliveryMode?: 2; bindingVersion: '0.3.0' } };
  messages: Reference[];
  reply?: ReplyObject;
}

export interface ReplyObject {
  address: { location: string; description: string };
  channel: Reference;
  messages: Reference[];
}

export interface AsyncMessageObject {
  name: string;
  title: string;
  summary?: string;
  description?: string;
  contentType: string;
  headers: SchemaObject;
  payload: SchemaObject;
  correlationId?: Reference;
  bindings?: { amqp: { messageType: string; bindingVersion: '0.3.0' } };
  examples?: { payload: JsonValue }[];
}

export interface AsyncComponentsObject {
  schemas: Record<string, SchemaObject>;
  messages: Record<string, AsyncMessageObject>;
  correlationIds: Record<string, { location: string; description: string }>;
  securitySchemes: Record<string, AsyncSecurityObject>;
}

export type AsyncSecurityObject =
  | { type: 'userPassword'; description: string }
  | { type: 'http'; scheme: 'bearer'; bearerFormat: 'JWT'; description: string };
