import { randomUUID } from 'node:crypto';
import {
  ACK,
  createAmqpMessageBus,
  createInProcessMessageBus,
  deadQueueOf,
  type Delivery,
  type MessageBus,
  type MessageProperties,
} from '../../../connectors/index.ts';
import { busTopologyOf } from '../../../facade/bus/bus-topology-of.ts';
import { configOf, startBank, type Bank, type BankOptions } from '../bank.ts';

/** A bank whose facade takes commands from a queue, and somebody who sends some. */
export interface BusBank {
  readonly bank: Bank;
  readonly queue: string;
  /** The sender's own connection. */
  readonly client: MessageBus;
  readonly send: (body: string | Uint8Array, properties?: MessageProperties) => Promise<void>;
  /** Sends, and waits for the reply. */
  readonly ask: (body: string | Uint8Array, properties?: MessageProperties) => Promise<Delivery>;
  /** The next message that is given up. */
  readonly nextDead: () => Promise<Delivery>;
  readonly token: (scopes?: readonly string[]) => Promise<string>;
  close(): Promise<void>;
}

export interface BusBankOptions extends BankOptions {
  /** URL of a broker; missing: the bus is in this process. */
  readonly url?: string | undefined;
  /** Further keys of the consumer, as YAML in flow style. */
  readonly consumer?: string;
  readonly operations?: string;
}

const DEADLINE_MS = 10_000;

export async function startBusBank({
  url,
  consumer = '',
  operations = '[transfer, getAccount, notify]',
  ...options
}: BusBankOptions = {}): Promise<BusBank> {
  const queue = `commands.${randomUUID().slice(0, 8)}`;
  const yaml = `bus:
  ${url === undefined ? '' : `url: "${url}"`}
  consumers:
    - { queue: ${queue}, operations: ${operations}, retrySeconds: [1]${consumer === '' ? '' : `, ${consumer}`} }
${options.yaml ?? ''}`;
  const config = configOf(`${yaml}\nservices: { x: { wsdl: x.wsdl } }`);
  const topology = busTopologyOf(config);
  const client =
    url === undefined
      ? createInProcessMessageBus({ topology })
      : createAmqpMessageBus({ urls: [url], topology });
  const bank = await startBank({
    ...options,
    yaml,
    options: { ...options.options, ...(url === undefined && { messages: keptOpen(client) }) },
  });
  const waiting = new Map<string, (delivery: Delivery) => void>();
  const replies = await client.consume({ bindings: [] }, { prefetch: 100 }, (delivery) => {
    waiting.get(delivery.properties.correlationId ?? '')?.(delivery);
    return ACK;
  });
  const dead: Delivery[] = [];
  let onDead: ((delivery: Delivery) => void) | undefined;
  await client.consume(deadQueueOf(queue), { prefetch: 100 }, (delivery) => {
    if (onDead === undefined) dead.push(delivery);
    else onDead(delivery);
    onDead = undefined;
    return ACK;
  });
  const publish = async (body: string | Uint8Array, properties: MessageProperties): Promise<void> => {
    const outcome = await client.publish({
      exchange: '',
      routingKey: queue,
      properties,
      body: Buffer.from(body),
      deadline: Date.now() + DEADLINE_MS,
    });
    if (outcome.kind !== 'confirmed') throw new Error(`the command is ${outcome.kind}`);
  };
  const complete = async ({ headers, ...properties }: MessageProperties): Promise<MessageProperties> => {
    const authorization = headers?.['authorization'] ?? `Bearer ${await bank.token()}`;
    return {
      contentType: 'application/json',
      messageId: randomUUID(),
      ...properties,
      headers: { ...headers, ...(authorization !== '' && { authorization }) },
    };
  };
  return {
    bank,
    queue,
    client,
    token: (scopes) => bank.token(scopes),
    async send(body, properties = {}) {
      await publish(body, await complete(properties));
    },
    async ask(body, properties = {}) {
      const correlationId = properties.correlationId ?? randomUUID();
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      waiting.set(correlationId, resolve);
      await publish(body, { replyTo: replies.queue, correlationId, ...(await complete(properties)) });
      return promise;
    },
    async nextDead() {
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      const first = dead.shift();
      if (first === undefined) onDead = resolve;
      else resolve(first);
      return promise;
    },
    async close() {
      await bank.close();
      await client.close();
    },
  };
}

/** A facade closes the bus that it is given; its queues are to be looked into afterwards. */
function keptOpen(bus: MessageBus): MessageBus {
  return {
    publish: (publication) => bus.publish(publication),
    consume: (source, options, handler) => bus.consume(source, options, handler),
    count: (queue, deadline) => bus.count(queue, deadline),
    sift: (queue, options, visit) => bus.sift(queue, options, visit),
    state: () => bus.state(),
    opened: (deadline) => bus.opened(deadline),
    close: async () => undefined,
  };
}
