import type { Message, Options } from 'amqplib';
import { historyOf } from '../bus/attempts.ts';
import {
  TEXT_PROPERTIES,
  type Death,
  type Delivery,
  type MessageHeaders,
  type MessageProperties,
} from '../bus/message.ts';

/** As amqplib takes them. */
export function toAmqpProperties(
  properties: MessageProperties,
  messageId: string,
  isMandatory: boolean,
): Options.Publish {
  const { expirationMs, isPersistent = true } = properties;
  const options: Options.Publish = {
    ...properties,
    messageId,
    persistent: isPersistent,
    mandatory: isMandatory,
  };
  if (expirationMs !== undefined) options.expiration = Math.max(0, Math.round(expirationMs));
  return options;
}

/** A message as amqplib gives it. */
export function deliveryOf(queue: string, { fields, properties, content }: Message): Delivery {
  const own = propertiesOf(properties as unknown as Readonly<Record<string, unknown>>);
  const death = deathOf(own.headers);
  return {
    queue,
    exchange: fields.exchange,
    routingKey: fields.routingKey,
    properties: own,
    body: content,
    isRedelivered: fields.redelivered,
    ...(death && { death }),
    ...historyOf(own.headers),
  };
}

function propertiesOf(given: Readonly<Record<string, unknown>>): MessageProperties {
  const own: { -readonly [Name in keyof MessageProperties]: MessageProperties[Name] } = {
    isPersistent: given['deliveryMode'] === PERSISTENT,
  };
  for (const name of TEXT_PROPERTIES) {
    const text = given[name];
    if (typeof text === 'string') own[name] = text;
  }
  const { expiration, timestamp, headers } = given;
  if (typeof expiration === 'string' && /^\d{1,15}$/.test(expiration)) own.expirationMs = Number(expiration);
  if (typeof timestamp === 'number') own.timestamp = timestamp;
  if (typeof headers === 'object' && headers !== null) own.headers = headers as MessageHeaders;
  return own;
}

const PERSISTENT = 2;

/** What the broker itself has written when it gave a message up: the newest stands first. */
function deathOf(headers: MessageHeaders = {}): Death | undefined {
  const deaths = headers['x-death'];
  const newest: unknown = Array.isArray(deaths) ? deaths[0] : undefined;
  if (typeof newest !== 'object' || newest === null) return undefined;
  const { reason, queue, count, time } = newest as Readonly<Record<string, unknown>>;
  if (typeof reason !== 'string' || typeof queue !== 'string') return undefined;
  return { reason, queue, attempts: typeof count === 'number' ? count : 1, ...timeOf(time) };
}

/** amqplib's form of a timestamp: seconds since the epoch in a tagged value. A sender may write what is no time. */
function timeOf(time: unknown): { time?: string } {
  const seconds: unknown =
    typeof time === 'object' && time !== null && 'value' in time ? time.value : undefined;
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : NaN);
  return Number.isNaN(date.getTime()) ? {} : { time: date.toISOString() };
}
