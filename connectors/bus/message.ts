/** What is to be published. */
export interface Publication {
  /** '' is the default exchange, in which the routing key is the name of a queue. */
  readonly exchange: string;
  /** At most 255 bytes. */
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
  /** Milliseconds since the epoch; by then its outcome is known, or that it is unknown. */
  readonly deadline: number;
  /** Whether it comes back where no queue takes it. Default true. */
  readonly isMandatory?: boolean;
  /** Asked right before it leaves this process; false withdraws it. */
  readonly mayLeave?: () => boolean;
}

/** The properties of AMQP 0-9-1 (4.2.6.1 and the class basic). */
export interface MessageProperties {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly correlationId?: string;
  /** Name of the queue for the answer. */
  readonly replyTo?: string;
  readonly messageId?: string;
  /** What kind of message it is, e.g. the name of an event. */
  readonly type?: string;
  readonly appId?: string;
  /** Who published it, as the broker has verified it. */
  readonly userId?: string;
  /** Milliseconds after which no queue delivers it any more. */
  readonly expirationMs?: number;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  readonly headers?: MessageHeaders;
  /** Whether it outlives a restart of the broker. Default true. */
  readonly isPersistent?: boolean;
}

/** The properties that are texts: short strings, of at most 255 bytes (AMQP 0-9-1, 4.2.5.3). */
export const TEXT_PROPERTIES = [
  'contentType',
  'contentEncoding',
  'correlationId',
  'replyTo',
  'messageId',
  'type',
  'appId',
  'userId',
] as const;

/** From outside, a header may hold lists and tables as well. */
export type MessageHeaders = Readonly<Record<string, unknown>>;

/**
 * What became of a message. `returned`: no queue takes it. `nacked`: the broker would not answer for it. `unknown`: the
 * broker did not say in time, or the connection was lost; it may be in its queues.
 */
export type PublishOutcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'returned' | 'nacked' | 'unknown'; readonly reason: string };

/** A message as it came. */
export interface Delivery {
  readonly queue: string;
  /** Where it was published, whatever queues it has waited in since. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
  /** It may have been delivered before, to a consumer that did not settle it. */
  readonly isRedelivered: boolean;
  /** From 1; one more after each retry. */
  readonly attempt: number;
  /** Of a message that was given up. */
  readonly death?: Death;
}

/** How a message came into a dead-letter queue. */
export interface Death {
  readonly reason: string;
  /** The queue whose consumer, or in which the broker, gave it up. */
  readonly queue: string;
  readonly attempts: number;
  /** RFC 3339. */
  readonly time?: string;
}

/**
 * What becomes of a delivery. `retry`: once more after the next delay of its queue, or dead after the last. `dead`: to the
 * dead-letter queue, with the reason. In a queue that is not in the topology, `retry` puts it back at once, and `dead`
 * rejects it.
 */
export type Settlement =
  { readonly kind: 'ack' } | { readonly kind: 'retry' | 'dead'; readonly reason: string };

export const ACK: Settlement = { kind: 'ack' };
