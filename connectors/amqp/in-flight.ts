import type { PublishOutcome } from '../bus/message.ts';

/** A message that has been handed to the connection and is not settled by the broker yet. */
export interface InFlight {
  readonly messageId: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly bytes: number;
  /** Says what became of it, once; later words are not heard. */
  readonly tell: (outcome: PublishOutcome) => void;
  /** Why the broker gave it back; its confirmation follows. */
  returned?: string;
  /** Another with the same id, sent earlier. */
  older?: InFlight | undefined;
}

/**
 * Finds the message that the broker gives back. A confirmation has a number, but a return has none: it is known by id and
 * address. Where two of them are the same, so is their fate.
 */
export class InFlightById {
  readonly #newest = new Map<string, InFlight>();

  add(message: InFlight): void {
    message.older = this.#newest.get(message.messageId);
    this.#newest.set(message.messageId, message);
  }

  remove(message: InFlight): void {
    const newest = this.#newest.get(message.messageId);
    if (newest === message && message.older === undefined) this.#newest.delete(message.messageId);
    else if (newest === message) this.#newest.set(message.messageId, message.older!);
    else unlink(newest, message);
  }

  /** The one sent first of those that fit and have not come back yet. */
  markReturned(messageId: string, exchange: string, routingKey: string, reason: string): void {
    let oldest: InFlight | undefined;
    for (let one = this.#newest.get(messageId); one !== undefined; one = one.older)
      if (one.returned === undefined && one.exchange === exchange && one.routingKey === routingKey)
        oldest = one;
    if (oldest !== undefined) oldest.returned = reason;
  }
}

function unlink(from: InFlight | undefined, message: InFlight): void {
  for (let one = from; one !== undefined; one = one.older) {
    if (one.older !== message) continue;
    one.older = message.older;
    return;
  }
}
