import { connect, type ChannelModel, type ConsumeMessage } from 'amqplib';

/** A message that a service behind a broker got. */
export interface Asked {
  readonly text: string;
  readonly properties: ConsumeMessage['properties'];
}

export interface Answer {
  readonly body: string | Buffer;
  readonly contentType?: string;
}

/** A SOAP service behind a queue, as somebody else would write it: amqplib and nothing of ours. */
export interface Responder {
  readonly asked: Asked[];
  /** Resolves once as many requests have come. */
  count(wanted: number): Promise<void>;
  close(): Promise<void>;
}

/** `answer` gives undefined for no answer; it may wait. */
export async function startResponder(
  url: string,
  queue: string,
  answer: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>,
): Promise<Responder> {
  const link = await connect(url);
  link.on('error', () => undefined);
  const asked: Asked[] = [];
  let onAsked = (): void => undefined;
  await serve(link, queue, async (one) => {
    asked.push(one);
    onAsked();
    return answer(one);
  });
  return {
    asked,
    count: async (wanted) => {
      while (asked.length < wanted) await new Promise<void>((resolve) => (onAsked = resolve));
    },
    close: () => link.close().catch(() => undefined),
  };
}

async function serve(
  link: ChannelModel,
  queue: string,
  answer: (asked: Asked) => Promise<Answer | undefined>,
): Promise<void> {
  const channel = await link.createChannel();
  channel.on('error', () => undefined);
  await channel.assertQueue(queue, { durable: true });
  await channel.prefetch(100);
  const onMessage = async (message: ConsumeMessage): Promise<void> => {
    const reply = await answer({ text: message.content.toString(), properties: message.properties });
    const { replyTo, correlationId } = message.properties as { replyTo?: string; correlationId: string };
    if (reply !== undefined && replyTo !== undefined)
      channel.sendToQueue(replyTo, Buffer.from(reply.body), {
        correlationId,
        contentType: reply.contentType ?? 'text/xml; charset=utf-8',
        persistent: true,
      });
    channel.ack(message);
  };
  await channel.consume(queue, (message) => {
    // A broker that is stopped closes the channel under the answer.
    if (message) void onMessage(message).catch(() => undefined);
  });
}
