import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { nextPlaceOf } from '../bus/attempts.ts';
import { BusError } from '../bus/bus-error.ts';
import { retryQueueOf, type QueueTopology } from '../bus/bus-topology.ts';
import type { Delivery, MessageProperties, Publication, PublishOutcome, Settlement } from '../bus/message.ts';
import {
  OWN_QUEUE,
  type BusObserver,
  type ConsumeOptions,
  type Consumer,
  type ConsumeSource,
  type DeliveryHandler,
} from '../bus/message-bus.ts';
import { settlementOf } from '../bus/settle.ts';
import { backOff } from './back-off.ts';
import type { BrokerSupervisor } from './broker-supervisor.ts';
import { KeptChannel } from './kept-channel.ts';
import { deliveryOf } from './message-properties.ts';
import { declareOwnQueue, ownNameOf } from './own-queue.ts';

export interface ConsumerScope {
  readonly supervisor: BrokerSupervisor;
  readonly deadLetterExchange: string;
  /** Of a queue of the topology. */
  readonly queueOf: (name: string) => QueueTopology | undefined;
  readonly publish: (publication: Publication) => Promise<PublishOutcome>;
  readonly observer?: BusObserver | undefined;
}

/** What came of moving a message to another queue. */
type Move = 'moved' | 'not-now' | 'never';

/** A move to another queue is tried as often as it takes; each attempt has this long. */
const MOVE_MS = 10_000;

/** Hands on what comes into a queue, and comes back with each new connection. */
export class AmqpConsumer implements Consumer {
  readonly queue: string;
  readonly #scope: ConsumerScope;
  readonly #isOwn: boolean;
  readonly #handler: DeliveryHandler;
  readonly #channel: KeptChannel;
  readonly #atWork = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #tag = '';
  #onClosed: () => void = () => undefined;

  constructor(
    scope: ConsumerScope,
    source: ConsumeSource,
    options: ConsumeOptions,
    handler: DeliveryHandler,
    onClosed: (consumer: AmqpConsumer) => void,
  ) {
    this.#scope = scope;
    this.#handler = handler;
    this.#isOwn = typeof source !== 'string';
    this.queue = typeof source === 'string' ? source : ownNameOf(source);
    this.#onClosed = () => {
      onClosed(this);
    };
    this.#channel = new KeptChannel(scope.supervisor, async (channel) => {
      if (typeof source !== 'string') await declareOwnQueue(channel, this.queue, source);
      await channel.prefetch(options.prefetch);
      const { consumerTag } = await channel.consume(this.queue, (message) => {
        this.#onMessage(channel, message);
      });
      this.#tag = consumerTag;
    });
  }

  /** @throws BusError if it has not begun by the deadline. */
  async ready(deadline: number): Promise<void> {
    await this.#channel.ready(deadline);
  }

  async close(): Promise<void> {
    this.#onClosed();
    const { channel } = this.#channel;
    await channel?.cancel(this.#tag).catch(() => undefined);
    this.#closing.abort();
    await Promise.all(this.#atWork);
    if (this.#isOwn) await channel?.deleteQueue(this.queue).catch(() => undefined);
    await this.#channel.close();
  }

  /** Without a message: the broker has ended the consumer, as its queue is gone. A new channel makes it again, or says why not. */
  #onMessage(channel: ConfirmChannel, message: ConsumeMessage | null): void {
    if (message === null) {
      channel.close().catch(() => undefined);
      return;
    }
    const work = this.#handle(channel, message).finally(() => this.#atWork.delete(work));
    this.#atWork.add(work);
  }

  async #handle(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
    const delivery = deliveryOf(this.queue, message);
    const settlement = await settlementOf(this.#handler, delivery);
    this.#scope.observer?.onSettled?.(this.#isOwn ? OWN_QUEUE : this.queue, settlement.kind);
    const topology = this.#scope.queueOf(this.queue);
    if (settlement.kind === 'ack') ack(channel, message);
    else if (topology === undefined) nack(channel, message, settlement.kind === 'retry');
    else {
      const moved = await this.#move(channel, delivery, settlement, topology);
      if (moved === 'moved') ack(channel, message);
      else nack(channel, message, moved === 'not-now');
    }
  }

  /**
   * To where it waits, or where it stays. It is in both queues for a moment, never in none. One that cannot be written once more,
   * e.g. with more headers than fit, is left to the broker, which dead-letters it as it is: it must hold up no other.
   */
  async #move(
    channel: ConfirmChannel,
    delivery: Delivery,
    settlement: Exclude<Settlement, { kind: 'ack' }>,
    topology: QueueTopology,
  ): Promise<Move> {
    const next = nextPlaceOf(delivery, settlement, topology);
    const place =
      next.kind === 'retry'
        ? { exchange: '', routingKey: retryQueueOf(topology.name, next.delayMs) }
        : { exchange: this.#scope.deadLetterExchange, routingKey: topology.name };
    const properties = { ...forAnotherQueue(delivery.properties), headers: next.headers };
    const moved = { ...place, properties, body: delivery.body };
    for (let attempt = 0; this.#channel.channel === channel; attempt += 1) {
      const outcome = await this.#tryToMove({ ...moved, deadline: Date.now() + MOVE_MS });
      if (outcome !== 'not-now') return outcome;
      if (this.#closing.signal.aborted) return outcome;
      await backOff(attempt, this.#closing.signal);
    }
    return 'not-now';
  }

  async #tryToMove(publication: Publication): Promise<Move> {
    try {
      return (await this.#scope.publish(publication)).kind === 'confirmed' ? 'moved' : 'not-now';
    } catch (error) {
      // The bus is blocked, full or away: the message stays where it is until it is not.
      return error instanceof BusError && error.code === 'INVALID_MESSAGE' ? 'never' : 'not-now';
    }
  }
}

/** The time was for the first queue, and only its own user may publish in the name of one. */
function forAnotherQueue(properties: MessageProperties): MessageProperties {
  const moved: { -readonly [Name in keyof MessageProperties]: MessageProperties[Name] } = { ...properties };
  delete moved.expirationMs;
  delete moved.userId;
  return moved;
}

function ack(channel: ConfirmChannel, message: ConsumeMessage): void {
  settle(() => {
    channel.ack(message);
  });
}

function nack(channel: ConfirmChannel, message: ConsumeMessage, isAgain: boolean): void {
  settle(() => {
    channel.nack(message, false, isAgain);
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
