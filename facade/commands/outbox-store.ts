import type { BusEvent } from '../../connectors/index.ts';

/** An event that an ending writes down, in the same transaction. */
export interface NewEvent {
  readonly event: BusEvent;
  /** Events of one lane are published in the order in which they were written. */
  readonly lane: string;
}

/** An event that this process alone publishes now. */
export interface ClaimedEvent extends NewEvent {
  /** Its place in the order of all. */
  readonly seq: number;
  /** How often the bus has refused it. */
  readonly attempts: number;
}

/** What became of claimed events, by `seq`. */
export interface Published {
  readonly published: readonly number[];
  /** Refused by the bus; their lanes wait so long, in milliseconds. */
  readonly refused: readonly { readonly seq: number; readonly delayMs: number }[];
  /** Not tried. */
  readonly released: readonly number[];
}

/** What waits to be published. */
export interface OutboxDepth {
  readonly waiting: number;
  /** Age of the oldest, in milliseconds; 0 if there is none. */
  readonly oldestMs: number;
}

/** Events between the ending of their command and the bus. Every method @throws CommandStoreError. */
export interface OutboxStore {
  /**
   * At most `most` events in their order, those of a lane that another process is at work on, or that waits, left out. What a
   * process has claimed is free again when its lease has run out.
   */
  claim(most: number): Promise<readonly ClaimedEvent[]>;
  settle(outcome: Published): Promise<void>;
  depth(): Promise<OutboxDepth>;
  /** Forgets at most `most` events that were published long enough ago. @returns how many. */
  sweep(most: number): Promise<number>;
}
