import { randomUUID } from 'node:crypto';
import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import type { BusContender } from './contender.ts';

/** amqplib as one would use it directly: confirms, mandatory, persistent messages, prefetch, one acknowledgement each. */
export async function startPlain(url: string, prefetch: number): Promise<BusContender> {
  const link = await connect(url, { noDelay: true });
  const publishing = await link.createConfirmChannel();
  const rpc = await openRpc(link, prefetch);
  return {
    name: 'amqplib',
    publish: (queue, body) => confirmed(publishing, queue, body, {}),
    consume: async (queue, onMessage) => {
      const channel = await link.createConfirmChannel();
      await channel.prefetch(prefetch);
      await channel.consume(queue, (message) => {
        channel.ack(message!);
        onMessage();
      });
      return () => channel.close();
    },
    call: rpc,
    close: () => link.close(),
  };
}

async function openRpc(link: ChannelModel, prefetch: number): Promise<BusContender['call']> {
  const channel = await link.createConfirmChannel();
  const waiting = new Map<string, (body: Buffer) => void>();
  const { queue: replyTo } = await channel.assertQueue(`bench.replies.${randomUUID()}`, {
    durable: true,
    expires: 60_000,
  });
  const onReply = (message: ConsumeMessage | null): void => {
    channel.ack(message!);
    const id = String(message!.properties.correlationId);
    waiting.get(id)?.(message!.content);
    waiting.delete(id);
  };
  await channel.prefetch(prefetch);
  await channel.consume(replyTo, onReply);
  return async (queue, body) => {
    const correlationId = randomUUID();
    const { promise, resolve } = Promise.withResolvers<Buffer>();
    waiting.set(correlationId, resolve);
    const properties = {
      correlationId,
      messageId: correlationId,
      replyTo,
      contentType: 'text/xml; charset=utf-8',
    };
    await confirmed(channel, queue, body, {
      ...properties,
      expiration: 10_000,
      headers: { SOAPAction: '"urn:bench"' },
    });
    await promise;
  };
}

function confirmed(channel: ConfirmChannel, queue: string, body: Buffer, properties: object): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  channel.publish('', queue, body, { persistent: true, mandatory: true, ...properties }, (error: unknown) => {
    if (error === null || error === undefined) resolve(undefined);
    else reject(error instanceof Error ? error : new Error('nacked'));
  });
  return promise;
}
