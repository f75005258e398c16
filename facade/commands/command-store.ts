import type { DeferredStore } from './deferred-store.ts';
import type { InboxStore } from './inbox-store.ts';
import type { NewEvent, OutboxStore } from './outbox-store.ts';

/** A write that a client named by a key. Times are the store's: no two machines' clocks are compared. */
export interface NewCommand {
  /** Hash of caller and key. */
  readonly id: string;
  /** Names this attempt to carry the command out: only who knows it may end it. */
  readonly claim: string;
  /** Hash of operation and input: a key stands for one payload. */
  readonly fingerprint: string;
  /** For people who look into the table: `payments POST /v1/transfers`. */
  readonly operation: string;
}

/** An answer as it went out, to be given again. */
export interface KeptAnswer {
  readonly status: number;
  /** Missing where there is no body. */
  readonly contentType?: string;
  /** Missing where it was too large to keep; empty where there is none. */
  readonly body?: Uint8Array;
}

/** What `begin` found. */
export type Begun =
  /** It is the caller's to carry out, and stands in the store as sent. */
  | { readonly kind: 'begun' }
  /** The key stands for another payload. */
  | { readonly kind: 'different' }
  /** A process that is alive is carrying it out. */
  | { readonly kind: 'running' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  /** It is to be carried out later, as this operation. */
  | { readonly kind: 'deferred'; readonly operation: string }
  /** It may have been carried out. `claim` is that of the attempt, which was sent `sentMsAgo` milliseconds ago. */
  | { readonly kind: 'unknown'; readonly claim: string; readonly sentMsAgo: number };

/** How an attempt ended. */
export type Ending =
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  /** Nothing was done: the key is free again. */
  | { readonly kind: 'released' }
  /** Nothing was done: it waits to be carried out later, as this operation. */
  | { readonly kind: 'deferred'; readonly operation: string }
  | { readonly kind: 'unknown' };

/**
 * Where commands are kept. What a method has said is durable: it survives a kill -9 of this process, and of the database.
 * A command goes from sent (written before the request leaves) to answered or unknown, or is gone; one that is deferred is so
 * until it is sent. A process vouches for
 * those that it has sent by a lease; once that has run out, they are unknown.
 *
 * Every method @throws CommandStoreError; what was asked for may then have happened or not.
 */
export interface CommandStore {
  /** Exactly one caller begins a command, whatever process it is in. */
  begin(command: NewCommand): Promise<Begun>;
  /** Claims an unknown command to send it again, or a deferred one, by its operation, to send it. @returns false if somebody else was faster. */
  resend(id: string, claim: string, next: string): Promise<boolean>;
  /**
   * `event` is written to the outbox in the same transaction, so that there is one for each command, or none.
   * @returns false if the attempt is not, or no longer, the one that counts.
   */
  end(id: string, claim: string, ending: Ending, event?: NewEvent): Promise<boolean>;
  /** Renews the lease of this process on all that it has sent. */
  beat(): Promise<void>;
  /** Forgets at most `most` commands whose time is over. @returns how many they were. */
  sweep(most: number): Promise<number>;
  /** Commands that are carried out later. */
  readonly deferred: DeferredStore;
  readonly outbox: OutboxStore;
  readonly inbox: InboxStore;
  /** Gives up the lease. What is still sent is unknown from now on. */
  close(): Promise<void>;
}

export interface StoreTimes {
  /** How long an answered command is remembered, in milliseconds. */
  readonly answeredMs: number;
  /** The same for one whose outcome is not known. */
  readonly unknownMs: number;
  readonly leaseMs: number;
  /** How long events are kept that were published, or received. */
  readonly eventsMs: number;
}

/**
 * `unusable` is the operator's to put right (no folder to write to, a schema of a newer version); `unavailable` passes, it is
 * hoped.
 */
export class CommandStoreError extends Error {
  override readonly name = 'CommandStoreError';
  readonly code: 'unusable' | 'unavailable';

  constructor(code: CommandStoreError['code'], message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
