import type { Publication } from './message.ts';

/** A message in a queue of this process. */
export interface LocalMessage {
  readonly publication: Publication;
  /** Milliseconds since the epoch; Infinity if it never does. */
  readonly expiresAt: number;
  /** How often it was put back. */
  returns: number;
}

/** Takes messages as long as it has room. */
export interface LocalConsumer {
  readonly hasRoom: () => boolean;
  readonly take: (message: LocalMessage) => void;
}

/** A queue of this process: first in, first out, to its consumers in turn. */
export class LocalQueue {
  readonly name: string;
  readonly #waiting: LocalMessage[] = [];
  readonly #consumers: LocalConsumer[] = [];
  readonly #onExpired: (message: LocalMessage) => void;
  #isDue = false;

  constructor(name: string, onExpired: (message: LocalMessage) => void) {
    this.name = name;
    this.#onExpired = onExpired;
  }

  get length(): number {
    return this.#waiting.length;
  }

  push(message: LocalMessage): void {
    this.#waiting.push(message);
    this.pump();
  }

  /** To the place it came from, as near as can be. */
  putBack(...messages: LocalMessage[]): void {
    for (const message of messages) message.returns += 1;
    this.#waiting.unshift(...messages);
    this.pump();
  }

  /** The oldest one that has not expired. */
  shift(): LocalMessage | undefined {
    for (;;) {
      const message = this.#waiting.shift();
      if (message === undefined || message.expiresAt > Date.now()) return message;
      this.#onExpired(message);
    }
  }

  add(consumer: LocalConsumer): void {
    this.#consumers.push(consumer);
    this.pump();
  }

  remove(consumer: LocalConsumer): void {
    const index = this.#consumers.indexOf(consumer);
    if (index !== -1) this.#consumers.splice(index, 1);
  }

  /** Hands out what there is, later: whoever publishes never waits for those who listen. */
  pump(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#handOut();
    });
  }

  #handOut(): void {
    for (;;) {
      const index = this.#consumers.findIndex((consumer) => consumer.hasRoom());
      if (index === -1) return;
      const message = this.shift();
      if (message === undefined) return;
      const [consumer] = this.#consumers.splice(index, 1);
      this.#consumers.push(consumer!);
      consumer!.take(message);
    }
  }
}
