import { randomUUID } from 'node:crypto';
import { ACK, type Delivery } from '../bus/message.ts';
import type { Consumer, MessageBus } from '../bus/message-bus.ts';

/** As long as any call may last: what comes while we reconnect is there when we are back. */
const LINGER_MS = 600_000;

const REPLIES_AT_ONCE = 500;
const START_MS = 5000;

/** Takes the answers of one service and gives each to the call that waits for it. */
export class ReplyDesk {
  readonly #bus: MessageBus;
  readonly #name: string;
  readonly #waiting = new Map<string, (delivery: Delivery) => void>();
  #consumer: Promise<Consumer> | undefined;
  #late = 0;

  constructor(bus: MessageBus, service: string) {
    this.#bus = bus;
    this.#name = `portico.replies.${service}.${randomUUID()}`;
  }

  /** Answers that nobody waited for any more. */
  get late(): number {
    return this.#late;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Name of the queue, once it is there. @throws BusError if it cannot be made now. */
  async queue(): Promise<string> {
    this.#consumer ??= this.#open();
    return (await this.#consumer).queue;
  }

  expect(id: string, onReply: (delivery: Delivery) => void): void {
    this.#waiting.set(id, onReply);
  }

  forget(id: string): void {
    this.#waiting.delete(id);
  }

  async close(): Promise<void> {
    const consumer = await this.#consumer?.catch(() => undefined);
    await consumer?.close();
  }

  #open(): Promise<Consumer> {
    const opening = this.#bus.consume(
      { name: this.#name, bindings: [], lingerMs: LINGER_MS },
      { prefetch: REPLIES_AT_ONCE, deadline: Date.now() + START_MS },
      (delivery) => {
        this.#take(delivery);
        return ACK;
      },
    );
    // The next call tries anew.
    opening.catch(() => (this.#consumer = undefined));
    return opening;
  }

  #take(delivery: Delivery): void {
    const id = delivery.properties.correlationId ?? '';
    const onReply = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (onReply === undefined) this.#late += 1;
    else onReply(delivery);
  }
}
