import type { Channel, ChannelModel } from 'amqplib';
import { BusError } from '../bus/bus-error.ts';
import type { Delivery } from '../bus/message.ts';
import { deliveryOf } from './message-properties.ts';
import { reasonOf } from './open-session.ts';

/** Messages that wait in it. @throws BusError REFUSED if there is no such queue. */
export function countQueue(model: ChannelModel, queue: string): Promise<number> {
  return onChannel(model, async (channel) => (await channel.checkQueue(queue)).messageCount);
}

/**
 * Takes the messages one by one and holds them all, so that none is shown twice; then puts back what is kept. If the
 * connection is lost in between, the broker does that.
 */
export function siftQueue(
  model: ChannelModel,
  queue: string,
  most: number,
  visit: (delivery: Delivery) => Promise<'keep' | 'remove'>,
): Promise<number> {
  return onChannel(model, async (channel) => {
    const { messageCount } = await channel.checkQueue(queue);
    let shown = 0;
    try {
      for (const wanted = Math.min(most, messageCount); shown < wanted; shown += 1) {
        const message = await channel.get(queue);
        if (message === false) break;
        if ((await visit(deliveryOf(queue, message))) === 'remove') channel.ack(message);
      }
      return shown;
    } finally {
      channel.nackAll(true);
    }
  });
}

async function onChannel<T>(model: ChannelModel, work: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await model.createChannel();
  let refusal: Error | undefined;
  channel.on('error', (error: Error) => {
    refusal = error;
  });
  try {
    const result = await work(channel);
    await channel.close();
    return result;
  } catch (error) {
    channel.close().catch(() => undefined);
    if (refusal === undefined) throw error;
    throw new BusError('REFUSED', `the broker refused: ${reasonOf(refusal)}`, {
      mayHaveBeenPublished: false,
    });
  }
}

/** A connection that is lost at a bad moment leaves its requests without an answer for ever. @throws BusError TIMEOUT */
export async function byDeadline<T>(work: Promise<T>, deadline: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => {
      late.reject(
        new BusError('TIMEOUT', 'the broker did not answer in time', { mayHaveBeenPublished: false }),
      );
    },
    Math.max(0, deadline - Date.now()),
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
