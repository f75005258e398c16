import { exchangesOf } from '../bus/assert-message.ts';
import { BusError } from '../bus/bus-error.ts';
import type { BusTopology } from '../bus/bus-topology.ts';
import type { Delivery, Publication, PublishOutcome } from '../bus/message.ts';
import type {
  BusObserver,
  BusState,
  ConsumeOptions,
  Consumer,
  ConsumeSource,
  DeliveryHandler,
  MessageBus,
} from '../bus/message-bus.ts';
import type { TlsOptions } from '../soap-http/create-dispatcher.ts';
import { AmqpConsumer, type ConsumerScope } from './amqp-consumer.ts';
import { parseBrokerAddress } from './broker-address.ts';
import { BrokerSupervisor } from './broker-supervisor.ts';
import { declareTopology } from './declare-topology.ts';
import { Publisher } from './publisher.ts';
import { byDeadline, countQueue, siftQueue } from './sift-queue.ts';

export interface AmqpMessageBusOptions {
  /** `amqp[s]://user:password@host:port/vhost`, of one cluster, tried in turn; passwords appear in no error and no log. */
  readonly urls: readonly string[];
  readonly topology: BusTopology;
  readonly tls?: TlsOptions | undefined;
  /** Default 5 s. */
  readonly connectTimeoutMs?: number;
  /** Default 10; a broker that says nothing for two of them is taken for dead. */
  readonly heartbeatSeconds?: number;
  /** How long a message waits for a broker that is away. Default 5 s. */
  readonly waitMs?: number;
  /** What may wait to be sent or confirmed: messages, default 10,000; bytes of their bodies, default 64 MiB. */
  readonly mostMessages?: number;
  readonly mostBytes?: number;
  /** What the broker shows its people. Default `portico`. */
  readonly name?: string;
  readonly observer?: BusObserver;
}

const MEBIBYTE = 1024 * 1024;
const START_MS = 5000;

/**
 * RabbitMQ (AMQP 0-9-1). Connects in the background and comes back by itself.
 * @throws TypeError for a URL that is none.
 */
export function createAmqpMessageBus(options: AmqpMessageBusOptions): MessageBus {
  return new AmqpMessageBus(options);
}

/**
 * One connection publishes, another consumes: of a connection that publishes a broker short of memory reads nothing more,
 * acknowledgements included.
 */
class AmqpMessageBus implements MessageBus {
  readonly #options: AmqpMessageBusOptions;
  readonly #outgoing: BrokerSupervisor;
  readonly #publisher: Publisher;
  readonly #consumers = new Set<AmqpConsumer>();
  #incoming: BrokerSupervisor | undefined;
  #isOpen = true;

  constructor(options: AmqpMessageBusOptions) {
    const { waitMs = 5000, mostMessages = 10_000, mostBytes = 64 * MEBIBYTE, topology, observer } = options;
    this.#options = options;
    this.#outgoing = this.#supervise('out');
    this.#publisher = new Publisher(this.#outgoing, {
      exchanges: exchangesOf(topology),
      mostMessages,
      mostBytes,
      waitMs,
      observer,
      onReady: () => {
        this.#tellState();
      },
    });
  }

  publish(publication: Publication): Promise<PublishOutcome> {
    return this.#isOpen ? this.#publisher.publish(publication) : Promise.reject(closed());
  }

  async consume(source: ConsumeSource, options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumer> {
    this.#assertOpen();
    const consumer = new AmqpConsumer(this.#consumerScope(), source, options, handler, () =>
      this.#consumers.delete(consumer),
    );
    this.#consumers.add(consumer);
    try {
      await consumer.ready(options.deadline ?? Date.now() + START_MS);
    } catch (error) {
      await consumer.close();
      throw error;
    }
    return consumer;
  }

  async count(queue: string, deadline: number): Promise<number> {
    this.#assertOpen();
    const { model } = await this.#receiving().connected(deadline);
    return byDeadline(countQueue(model, queue), deadline);
  }

  async sift(
    queue: string,
    { most, deadline }: { readonly most: number; readonly deadline: number },
    visit: (delivery: Delivery) => Promise<'keep' | 'remove'>,
  ): Promise<number> {
    this.#assertOpen();
    const { model } = await this.#receiving().connected(deadline);
    return byDeadline(siftQueue(model, queue, most, visit), deadline);
  }

  state(): BusState {
    const ways = [this.#outgoing, ...(this.#incoming === undefined ? [] : [this.#incoming])];
    const away = ways.find(({ session }) => session === undefined);
    const blocked = ways.map((way) => way.blocked).find((reason) => reason !== undefined);
    return {
      isConnected: this.#isOpen && away === undefined && this.#publisher.isReady,
      ...(blocked !== undefined && { blocked }),
      ...(away?.failure && { failure: away.failure.message }),
      waiting: this.#publisher.waiting,
    };
  }

  async opened(deadline: number): Promise<void> {
    this.#assertOpen();
    await this.#outgoing.connected(deadline);
    await this.#publisher.ready(deadline);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()));
    await this.#publisher.close();
    await Promise.all([this.#outgoing.close(), this.#incoming?.close()]);
  }

  #supervise(direction: 'in' | 'out'): BrokerSupervisor {
    const {
      urls,
      topology,
      tls,
      connectTimeoutMs = 5000,
      heartbeatSeconds = 10,
      name = 'portico',
    } = this.#options;
    return new BrokerSupervisor({
      addresses: urls.map(parseBrokerAddress),
      tls,
      connectTimeoutMs,
      heartbeatSeconds,
      name: `${name} ${direction}`,
      prepare: (session) => declareTopology(session.model, topology),
      onChange: () => {
        this.#tellState();
      },
    });
  }

  /** Not of its end, which is wanted. */
  #tellState(): void {
    if (this.#isOpen) this.#options.observer?.onState?.(this.state());
  }

  /** Made where somebody consumes: many only publish. */
  #receiving(): BrokerSupervisor {
    return (this.#incoming ??= this.#supervise('in'));
  }

  #consumerScope(): ConsumerScope {
    const { topology, observer } = this.#options;
    const byName = new Map(topology.queues.map((queue) => [queue.name, queue]));
    return {
      supervisor: this.#receiving(),
      deadLetterExchange: topology.deadLetterExchange,
      queueOf: (name) => byName.get(name),
      publish: (publication) => this.#publisher.publish(publication),
      observer,
    };
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw closed();
  }
}

function closed(): BusError {
  return new BusError('CLOSED', 'the bus is closed', { mayHaveBeenPublished: false });
}
