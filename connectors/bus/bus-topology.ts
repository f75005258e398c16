/** The exchanges and queues that are used. Everything in it is durable. */
export interface BusTopology {
  /** `check`: somebody else makes them; that one is missing is an error. */
  readonly mode: 'declare' | 'check';
  /** Names of topic exchanges. */
  readonly exchanges: readonly string[];
  /** Exchanges of others, of any type: only looked for. */
  readonly foreignExchanges?: readonly string[];
  /** A topic exchange too; what is given up goes there, with the name of its queue as routing key. */
  readonly deadLetterExchange: string;
  readonly queues: readonly QueueTopology[];
}

/** A queue with the queues behind it: one for each delay of a retry, and one for what is given up. */
export interface QueueTopology {
  readonly name: string;
  readonly type: 'quorum' | 'classic';
  readonly bindings: readonly QueueBinding[];
  /** How long a message waits before its second, third ... attempt; after the last it is given up. */
  readonly retryDelaysMs: readonly number[];
  /**
   * Deliveries after which the broker itself gives a message up that ends its consumers before they can say anything
   * (quorum queues).
   */
  readonly deliveryLimit: number;
}

export interface QueueBinding {
  readonly exchange: string;
  /** Words between dots, `*` for one word, `#` for any number of them (AMQP 0-9-1, 3.1.3.3). */
  readonly pattern: string;
}

/** Where messages of a queue are when they have been given up. */
export function deadQueueOf(queue: string): string {
  return `${queue}.dead`;
}

/** Where a message waits for its next attempt; another delay is another queue, as a queue's delay cannot be changed. */
export function retryQueueOf(queue: string, delayMs: number): string {
  return `${queue}.retry.${delayMs}ms`;
}
