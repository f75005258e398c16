import { setTimeout as wait } from 'node:timers/promises';
import {
  ACK,
  BusError,
  createAmqpMessageBus,
  type Consumer,
  type Delivery,
  type MessageBus,
} from '../connectors/index.ts';
import type { MockServer } from '../mocks/index.ts';

/** A port of a mock, and the queue that its requests come to. */
export interface MockedQueue {
  readonly service: string;
  readonly port: string;
  readonly queue: string;
}

export interface MockOnBus {
  close(): Promise<void>;
}

const REQUESTS_AT_ONCE = 100;
const START_MS = 10_000;
const REPLY_MS = 10_000;
/** A queue that the mock had to make is gone so long after it. */
const LINGER_MS = 3_600_000;
const DEAD_LETTERS = 'portico.dead';

/**
 * Answers the requests in queues of a broker as the mock answers them over HTTP. A queue that is not there is made.
 * @throws BusError if the broker does not come or refuses
 */
export async function mockOnBus(
  mock: Pick<MockServer, 'answerMessage'>,
  urls: readonly string[],
  queues: readonly MockedQueue[],
): Promise<MockOnBus> {
  const topology = { mode: 'check', exchanges: [], deadLetterExchange: DEAD_LETTERS, queues: [] } as const;
  const bus = createAmqpMessageBus({ urls, topology, name: 'portico mock' });
  try {
    for (const one of queues) await consume(bus, mock, one);
  } catch (error) {
    await bus.close();
    throw error;
  }
  return { close: () => bus.close() };
}

async function consume(
  bus: MessageBus,
  mock: Pick<MockServer, 'answerMessage'>,
  { service, port, queue }: MockedQueue,
): Promise<Consumer> {
  const handle = async (delivery: Delivery): Promise<typeof ACK> => {
    await answer(bus, mock, { service, port }, delivery);
    return ACK;
  };
  const deadline = Date.now() + START_MS;
  const isThere = await bus.count(queue, deadline).then(
    () => true,
    (error: unknown) => {
      if (error instanceof BusError && error.code === 'REFUSED') return false;
      throw error;
    },
  );
  const source = isThere ? queue : { name: queue, bindings: [], lingerMs: LINGER_MS };
  return bus.consume(source, { prefetch: REQUESTS_AT_ONCE, deadline }, handle);
}

async function answer(
  bus: MessageBus,
  mock: Pick<MockServer, 'answerMessage'>,
  to: Pick<MockedQueue, 'service' | 'port'>,
  { body, properties }: Delivery,
): Promise<void> {
  const { contentType, headers, replyTo, correlationId, messageId } = properties;
  const reply = await mock.answerMessage({
    ...to,
    body,
    ...(contentType !== undefined && { contentType }),
    ...(headers && { headers }),
  });
  if (replyTo === undefined) return;
  if (reply.delayMilliseconds > 0) await wait(reply.delayMilliseconds);
  const id = correlationId ?? messageId;
  for (let copy = 0; copy < reply.copies; copy += 1)
    await bus.publish({
      exchange: '',
      routingKey: replyTo,
      body: reply.body,
      properties: { contentType: reply.contentType, ...(id !== undefined && { correlationId: id }) },
      deadline: Date.now() + REPLY_MS,
    });
}
