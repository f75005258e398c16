import type { QueueBinding } from './bus-topology.ts';
import type { Delivery, Publication, PublishOutcome, Settlement } from './message.ts';

/** Messages in and out. In this process or on a broker, the promise is the same. */
export interface MessageBus {
  /**
   * What became of the message, by its deadline. While the broker is away it waits for it, a little and in bounds.
   * @throws BusError if nothing left this process: NOT_CONNECTED, BLOCKED, FULL, TOPOLOGY, INVALID_MESSAGE, CLOSED.
   */
  publish(publication: Publication): Promise<PublishOutcome>;
  /**
   * Hands on the messages of a queue until it is closed, across reconnections. Each message at least once. What the
   * handler throws is a retry.
   * @throws BusError if the broker does not come by the deadline, or refuses.
   */
  consume(source: ConsumeSource, options: ConsumeOptions, handler: DeliveryHandler): Promise<Consumer>;
  /** Messages in a queue that wait for a consumer. @throws BusError */
  count(queue: string, deadline: number): Promise<number>;
  /**
   * Goes through the messages that are in a queue now, oldest first, at most `most` of them: `remove` takes one out, the
   * others stay where they are, marked as redelivered. @returns how many it has shown. @throws BusError; what the visitor
   * throws, ends it, too.
   */
  sift(
    queue: string,
    options: { readonly most: number; readonly deadline: number },
    visit: (delivery: Delivery) => Promise<'keep' | 'remove'>,
  ): Promise<number>;
  state(): BusState;
  /** Resolves when it is connected. @throws BusError TOPOLOGY as soon as that is known; NOT_CONNECTED at the deadline. */
  opened(deadline: number): Promise<void>;
  /** Takes no more, lets handlers finish that are at work, and frees everything. */
  close(): Promise<void>;
}

/** The name of a queue, or a queue made for this consumer. */
export type ConsumeSource = string | OwnQueue;

export interface OwnQueue {
  /** Missing: one that nobody else has. */
  readonly name?: string;
  readonly bindings: readonly QueueBinding[];
  /**
   * How long it stays, with what comes into it, while its consumer is away. Missing: it ends with the connection, and
   * what is published in between is not heard.
   */
  readonly lingerMs?: number;
}

export interface ConsumeOptions {
  /** Most messages that are being handled at the same time. */
  readonly prefetch: number;
  /** Milliseconds since the epoch, for the first start. Default: in 5 s. */
  readonly deadline?: number;
}

export type DeliveryHandler = (delivery: Delivery) => Settlement | Promise<Settlement>;

export interface Consumer {
  /** Its queue, e.g. to be named as reply-to. */
  readonly queue: string;
  /** Takes no more, and resolves once what is being handled has been settled. */
  close(): Promise<void>;
}

/** How the way to the broker is. */
export interface BusState {
  readonly isConnected: boolean;
  /** Why the broker takes nothing; missing where it does. */
  readonly blocked?: string;
  /** Why it is not connected; missing while it is on its way. */
  readonly failure?: string;
  /** What waits to be sent or confirmed. */
  readonly waiting: { readonly messages: number; readonly bytes: number };
}

export const OWN_QUEUE = 'own';

/** Told of what happens on the bus, for counts and logs. */
export interface BusObserver {
  readonly onOutcome?: (kind: PublishOutcome['kind'] | 'refused') => void;
  /** `queue`: `own` for all that were made for one consumer. */
  readonly onSettled?: (queue: string, kind: Settlement['kind']) => void;
  /** A connection was made or lost, or the broker began or stopped to take messages. */
  readonly onState?: (state: BusState) => void;
}
