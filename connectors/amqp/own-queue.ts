import { randomUUID } from 'node:crypto';
import type { Channel } from 'amqplib';
import type { OwnQueue } from '../bus/message-bus.ts';

/** One that is to be found again has the same name on each connection. */
export function ownNameOf({ name }: OwnQueue): string {
  return name ?? `portico.own.${randomUUID()}`;
}

/**
 * A queue for one consumer: gone with the connection, or, if it lingers, durable and gone when nobody has used it for that
 * long. The latter is not exclusive: the broker would delete it with the connection.
 */
export async function declareOwnQueue(
  channel: Channel,
  name: string,
  { bindings, lingerMs }: OwnQueue,
): Promise<void> {
  const options =
    lingerMs === undefined
      ? { exclusive: true, autoDelete: true, durable: false }
      : { durable: true, expires: lingerMs, arguments: { 'x-queue-type': 'classic' } };
  await channel.assertQueue(name, options);
  for (const { exchange, pattern } of bindings) await channel.bindQueue(name, exchange, pattern);
}
