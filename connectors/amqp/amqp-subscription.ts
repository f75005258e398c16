import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { BusEvent, EventHandler, UndeliveredListener } from '../bus/event-bus.ts';
import { decodeCloudEvent } from '../bus/cloud-event.ts';

/** A subscription that can be started anew on the channel of each connection. */
export interface Consumer {
  readonly start: (channel: ConfirmChannel) => Promise<void>;
  readonly stop: (channel: ConfirmChannel | undefined) => Promise<void>;
}

/** An own queue, gone with the connection; a message is acknowledged once its handler is done with it. */
export function consumeEvents(
  exchange: string,
  pattern: string,
  handler: EventHandler,
  onUndelivered: UndeliveredListener,
): Consumer {
  let consumerTag: string | undefined;
  return {
    start: async (channel) => {
      const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
      await channel.bindQueue(queue, exchange, pattern);
      const onMessage = (message: ConsumeMessage | null): void => {
        if (message) void receive(channel, message, handler, onUndelivered);
      };
      consumerTag = (await channel.consume(queue, onMessage)).consumerTag;
    },
    stop: async (channel) => {
      if (channel && consumerTag !== undefined) await channel.cancel(consumerTag);
    },
  };
}

async function receive(
  channel: ConfirmChannel,
  message: ConsumeMessage,
  handler: EventHandler,
  onUndelivered: UndeliveredListener,
): Promise<void> {
  let event: BusEvent | undefined;
  try {
    event = decodeCloudEvent(message.content);
    await handler(event);
  } catch (error) {
    const isAgain = event !== undefined && !message.fields.redelivered;
    settle(() => {
      channel.nack(message, false, isAgain);
    });
    if (!isAgain) onUndelivered(error instanceof Error ? error : new Error(String(error)), event);
    return;
  }
  settle(() => {
    channel.ack(message);
  });
}

/** On a channel that closed meanwhile nothing can be settled: the broker has taken the message back already. */
function settle(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'IllegalOperationError') throw error;
  }
}
