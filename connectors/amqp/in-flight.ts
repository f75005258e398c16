import type { Publication, PublishOutcome } from '../bus/message.ts';
import type { Bounded } from '../deadlines.ts';

/** A message that has been handed to the connection and is not settled by the broker yet. */
export class InFlight implements Bounded {
  readonly messageId: string;
  readonly exchange: string;
  readonly routingKey: string;
  /** Of its body, which it does not hold. */
  readonly bytes: number;
  readonly deadline: number;
  /** See `Bounded`. */
  place = -1;
  /** Why the broker gave it back; its confirmation follows. */
  returned: string | undefined;
  /** Another with the same id, sent earlier. */
  older: InFlight | undefined;
  readonly #onOutcome: (outcome: PublishOutcome) => void;
  #isTold = false;

  constructor(
    messageId: string,
    { exchange, routingKey, body, deadline }: Publication,
    onOutcome: (outcome: PublishOutcome) => void,
  ) {
    this.messageId = messageId;
    this.exchange = exchange;
    this.routingKey = routingKey;
    this.bytes = body.length;
    this.deadline = deadline;
    this.#onOutcome = onOutcome;
  }

  /** What became of it: the first word counts. */
  tell(outcome: PublishOutcome): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#onOutcome(outcome);
  }

  onDeadline(): void {
    this.tell({ kind: 'unknown', reason: 'the broker did not confirm it in time' });
  }
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
