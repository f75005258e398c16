/** An event from the bus that somebody is to hear of. */
export interface ReceivedEvent {
  /** Names it among all events, whichever source it came from. */
  readonly uid: string;
  /** Its type. */
  readonly event: string;
  /** The CloudEvent, as JSON. */
  readonly body: Uint8Array;
  /** Whose streams show it. */
  readonly owners: readonly string[];
  /** Webhooks that are called with it, by name. */
  readonly targets: readonly string[];
}

/** An event as streams show it. */
export interface StreamedEvent {
  readonly seq: number;
  /** What a client is told of `seq`: nothing can be read out of it. */
  readonly position: string;
  readonly event: string;
  readonly body: Uint8Array;
}

/** One event on its way to one webhook. */
export interface Delivery {
  readonly number: number;
  readonly target: string;
  readonly uid: string;
  readonly event: string;
  readonly body: Uint8Array;
  /** How often it was tried. */
  readonly attempts: number;
}

/** What became of an attempt. */
export type Delivered =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly delayMs: number; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string }
  /** Not tried. */
  | { readonly kind: 'released' };

export type DeliveryState = 'waiting' | 'delivered' | 'dead';

/** A delivery as its operator sees it. Times are milliseconds since the epoch. */
export interface ShownDelivery extends Omit<Delivery, 'body'> {
  readonly state: DeliveryState;
  readonly createdAt: number;
  /** Of the next attempt. */
  readonly nextAt: number;
  /** Of the last attempt. */
  readonly reason?: string;
}

/** Events of the bus, kept for streams and webhooks. Every method @throws CommandStoreError. */
export interface InboxStore {
  /** Keeps an event, with a delivery for each target, unless it is known. @returns whether it was new. */
  receive(event: ReceivedEvent): Promise<boolean>;
  /** The newest event; undefined if there never was one. */
  newest(): Promise<{ readonly seq: number; readonly position: string } | undefined>;
  /** Where a client was; undefined if that event is not kept any more. */
  seqOf(position: string): Promise<number | undefined>;
  /** Events after `seq` in their order, with their owners. */
  after(
    seq: number,
    most: number,
  ): Promise<readonly (StreamedEvent & { readonly owners: readonly string[] })[]>;
  /** The same, of these owners alone. */
  ownAfter(owners: readonly string[], seq: number, most: number): Promise<readonly StreamedEvent[]>;
  /** Deliveries to a target that are due, for this process alone until its lease has run out. */
  claimDue(target: string, most: number): Promise<readonly Delivery[]>;
  settle(number: number, outcome: Delivered): Promise<void>;
  /** The newest first. */
  list(state: DeliveryState | undefined, most: number): Promise<readonly ShownDelivery[]>;
  /** Has dead ones tried again from the beginning, all or one. @returns how many. */
  replay(number: number | undefined): Promise<number>;
  /** Forgets at most `most` events and deliveries each whose time is over. @returns how many. */
  sweep(most: number): Promise<number>;
}
