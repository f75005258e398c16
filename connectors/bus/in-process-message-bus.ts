import { randomUUID } from 'node:crypto';
import { assertMessage, exchangesOf } from './assert-message.ts';
import { BusError } from './bus-error.ts';
import { deadQueueOf, type BusTopology, type QueueBinding, type QueueTopology } from './bus-topology.ts';
import { historyOf, nextPlaceOf } from './attempts.ts';
import { LocalQueue, type LocalConsumer, type LocalMessage } from './local-queue.ts';
import {
  OWN_QUEUE,
  type BusObserver,
  type BusState,
  type ConsumeOptions,
  type Consumer,
  type ConsumeSource,
  type DeliveryHandler,
  type MessageBus,
} from './message-bus.ts';
import type { Delivery, Publication, PublishOutcome, Settlement } from './message.ts';
import { settlementOf } from './settle.ts';
import { matchesTopic } from './topic-pattern.ts';

export interface InProcessMessageBusOptions {
  readonly topology: BusTopology;
  /** Of all messages in all queues. Default 100,000. */
  readonly mostMessages?: number;
  /** Of their bodies. Default 64 MiB. */
  readonly mostBytes?: number;
  readonly observer?: BusObserver;
}

const MEBIBYTE = 1024 * 1024;

/** The bus of a single process, with nothing to install. What is in its queues when the process ends is lost. */
export function createInProcessMessageBus(options: InProcessMessageBusOptions): MessageBus {
  return new InProcessMessageBus(options);
}

class InProcessMessageBus implements MessageBus {
  readonly #options: InProcessMessageBusOptions;
  readonly #exchanges: ReadonlySet<string>;
  readonly #topologyOf: ReadonlyMap<string, QueueTopology>;
  readonly #queues = new Map<string, LocalQueue>();
  readonly #bindings: (QueueBinding & { readonly queue: LocalQueue })[] = [];
  readonly #delays = new Set<NodeJS.Timeout>();
  readonly #consumers = new Set<Consumer>();
  #messages = 0;
  #bytes = 0;
  #isOpen = true;

  constructor(options: InProcessMessageBusOptions) {
    const { topology } = options;
    this.#options = options;
    this.#exchanges = exchangesOf(topology);
    this.#topologyOf = new Map(topology.queues.map((queue) => [queue.name, queue]));
    for (const { name, bindings } of topology.queues) {
      this.#declare(name, bindings);
      const dead = { exchange: topology.deadLetterExchange, pattern: name };
      this.#declare(deadQueueOf(name), [dead]);
    }
  }

  async publish(publication: Publication): Promise<PublishOutcome> {
    this.#assertOpen();
    assertMessage(publication, this.#exchanges);
    if (publication.deadline <= Date.now()) throw refusal('TIMEOUT', 'the deadline has passed');
    const { observer } = this.#options;
    const queues = this.#queuesFor(publication);
    this.#assertRoom(queues.length, publication.body.length * queues.length);
    if (publication.mayLeave?.() === false) throw refusal('WITHDRAWN', 'it is not wanted any more');
    for (const queue of queues) this.#enter(queue, publication);
    const outcome: PublishOutcome =
      queues.length > 0 || publication.isMandatory === false
        ? { kind: 'confirmed' }
        : { kind: 'returned', reason: 'NO_ROUTE' };
    observer?.onOutcome?.(outcome.kind);
    return outcome;
  }

  async consume(source: ConsumeSource, options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumer> {
    this.#assertOpen();
    const queue = typeof source === 'string' ? this.#queueNamed(source) : this.#ownQueue(source);
    const atWork = new Set<Promise<void>>();
    const local: LocalConsumer = {
      hasRoom: () => atWork.size < options.prefetch,
      take: (message) => {
        const work = this.#handle(queue, message, handler).finally(() => {
          atWork.delete(work);
          queue.pump();
        });
        atWork.add(work);
      },
    };
    queue.add(local);
    const consumer: Consumer = {
      queue: queue.name,
      close: async () => {
        this.#consumers.delete(consumer);
        queue.remove(local);
        await Promise.all(atWork);
        if (typeof source !== 'string') this.#drop(queue);
      },
    };
    this.#consumers.add(consumer);
    return consumer;
  }

  async count(queue: string): Promise<number> {
    this.#assertOpen();
    return this.#queueNamed(queue).length;
  }

  async sift(
    name: string,
    { most }: { readonly most: number },
    visit: (delivery: Delivery) => Promise<'keep' | 'remove'>,
  ): Promise<number> {
    this.#assertOpen();
    const queue = this.#queueNamed(name);
    const kept: LocalMessage[] = [];
    let shown = 0;
    try {
      for (const wanted = Math.min(most, queue.length); shown < wanted; shown += 1) {
        const message = queue.shift();
        if (message === undefined) break;
        kept.push(message);
        if ((await visit(deliveryOf(queue.name, message))) === 'keep') continue;
        kept.pop();
        this.#leave(message);
      }
      return shown;
    } finally {
      queue.putBack(...kept);
    }
  }

  state(): BusState {
    return { isConnected: this.#isOpen, waiting: { messages: 0, bytes: 0 } };
  }

  async opened(): Promise<void> {
    this.#assertOpen();
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    for (const delay of this.#delays) clearTimeout(delay);
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()));
  }

  async #handle(queue: LocalQueue, message: LocalMessage, handler: DeliveryHandler): Promise<void> {
    const delivery = deliveryOf(queue.name, message);
    const settlement = await settlementOf(handler, delivery);
    const topology = this.#topologyOf.get(queue.name);
    this.#options.observer?.onSettled?.(topology?.name ?? OWN_QUEUE, settlement.kind);
    if (settlement.kind === 'ack') this.#leave(message);
    else if (topology !== undefined) this.#moveOn(message, delivery, settlement, topology);
    else if (settlement.kind === 'retry') queue.putBack(message);
    else this.#leave(message);
  }

  #moveOn(
    message: LocalMessage,
    delivery: Delivery,
    settlement: Exclude<Settlement, { kind: 'ack' }>,
    topology: QueueTopology,
  ): void {
    const next = nextPlaceOf(delivery, settlement, topology);
    const { publication } = message;
    const moved = { ...publication, properties: { ...publication.properties, headers: next.headers } };
    this.#leave(message);
    if (next.kind === 'dead') this.#bury(topology.name, moved);
    else this.#enterLater(this.#queueNamed(topology.name), moved, next.delayMs);
  }

  #bury(queue: string, publication: Publication): void {
    const exchange = this.#options.topology.deadLetterExchange;
    const dead = { ...publication, exchange, routingKey: queue };
    for (const one of this.#queuesFor(dead)) this.#enter(one, withoutExpiration(dead));
  }

  /** It keeps its place in the count while it waits. */
  #enterLater(queue: LocalQueue, publication: Publication, delayMs: number): void {
    const message = this.#admit(withoutExpiration(publication));
    const delay = setTimeout(() => {
      this.#delays.delete(delay);
      queue.push(message);
    }, delayMs);
    this.#delays.add(delay);
  }

  #enter(queue: LocalQueue, publication: Publication): void {
    queue.push(this.#admit(publication));
  }

  #admit(publication: Publication): LocalMessage {
    const { expirationMs = Infinity } = publication.properties;
    this.#messages += 1;
    this.#bytes += publication.body.length;
    return { publication, expiresAt: Date.now() + expirationMs, returns: 0 };
  }

  #leave({ publication }: LocalMessage): void {
    this.#messages -= 1;
    this.#bytes -= publication.body.length;
  }

  #queuesFor({ exchange, routingKey }: Publication): readonly LocalQueue[] {
    if (exchange === '') {
      const queue = this.#queues.get(routingKey);
      return queue === undefined ? [] : [queue];
    }
    const fitting = this.#bindings.filter(
      (binding) => binding.exchange === exchange && matchesTopic(binding.pattern, routingKey),
    );
    return [...new Set(fitting.map(({ queue }) => queue))];
  }

  #declare(name: string, bindings: readonly QueueBinding[]): LocalQueue {
    const queue = new LocalQueue(name, (message) => {
      this.#expire(name, message);
    });
    this.#queues.set(name, queue);
    for (const binding of bindings) this.#bindings.push({ ...binding, queue });
    return queue;
  }

  #ownQueue({ name = `portico.own.${randomUUID()}`, bindings }: Exclude<ConsumeSource, string>): LocalQueue {
    return this.#queues.get(name) ?? this.#declare(name, bindings);
  }

  #expire(queue: string, message: LocalMessage): void {
    this.#leave(message);
    const topology = this.#topologyOf.get(queue);
    if (topology === undefined) return;
    const expired = { kind: 'dead', reason: 'expired' } as const;
    const { headers } = nextPlaceOf(deliveryOf(queue, message), expired, topology);
    const { publication } = message;
    this.#bury(queue, { ...publication, properties: { ...publication.properties, headers } });
  }

  #drop(queue: LocalQueue): void {
    this.#queues.delete(queue.name);
    for (let index = this.#bindings.length; index-- > 0;)
      if (this.#bindings[index]!.queue === queue) this.#bindings.splice(index, 1);
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) this.#leave(message);
  }

  #queueNamed(name: string): LocalQueue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw refusal('REFUSED', `there is no queue "${name}"`);
    return queue;
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw refusal('CLOSED', 'the bus is closed');
  }

  #assertRoom(messages: number, bytes: number): void {
    const { mostMessages = 100_000, mostBytes = 64 * MEBIBYTE, observer } = this.#options;
    if (this.#messages + messages <= mostMessages && this.#bytes + bytes <= mostBytes) return;
    observer?.onOutcome?.('refused');
    throw refusal('FULL', `the queues hold ${this.#messages} messages of ${this.#bytes} bytes already`);
  }
}

function deliveryOf(queue: string, { publication, returns }: LocalMessage): Delivery {
  const { exchange, routingKey, properties, body } = publication;
  const history = historyOf(properties.headers);
  return { queue, exchange, routingKey, properties, body, isRedelivered: returns > 0, ...history };
}

/** It was for the first delivery. */
function withoutExpiration(publication: Publication): Publication {
  const properties = { ...publication.properties };
  delete properties.expirationMs;
  return { ...publication, properties };
}

function refusal(code: BusError['code'], message: string): BusError {
  return new BusError(code, message, { mayHaveBeenPublished: false });
}
