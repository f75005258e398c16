import type { Begun, KeptAnswer, NewCommand } from './command-store.ts';

/**
 * How far an operation is that is carried out later. `accepted`: nothing has been done, it waits for its turn; `unsettled`: it may
 * have been done, which is to be found out in its turn; `unknown`: nobody can tell but a person.
 */
export type DeferredState =
  'accepted' | 'running' | 'unsettled' | 'succeeded' | 'failed' | 'unknown' | 'cancelled';

/** An operation to be carried out later. */
export interface NewDeferred {
  /** A UUID that nobody can guess. */
  readonly id: string;
  /** Name of the service. */
  readonly service: string;
  /** OpenAPI's operationId. */
  readonly name: string;
  /** Hash of issuer and subject: nobody else may see it. */
  readonly caller: string;
  /** All that is needed to carry it out, sealed if there is a key; erased as soon as it is done. */
  readonly content: Uint8Array;
  /** How long it may take until it is given up. */
  readonly giveUpMs: number;
}

/** What `accept` found: a command that is new, or that already stands for an operation, or was not deferred. */
export type Accepted =
  { readonly kind: 'accepted' } | { readonly kind: 'known'; readonly operation: string } | Begun;

/** An operation that this process is to carry out now. */
export interface TakenOperation {
  readonly id: string;
  /** Only who knows it may say what became of the operation. */
  readonly claim: string;
  readonly command: string;
  /** `payments POST /v1/transfers`. */
  readonly route: string;
  readonly content: Uint8Array;
  /** How often it has been taken, this time included. */
  readonly tries: number;
  /** Its time is over. */
  readonly isGivenUp: boolean;
  /** Its command has not been sent, or was not carried out for certain. */
  readonly isUntouched: boolean;
}

/** What is told of an operation. Times are milliseconds since the epoch, of the store's clock. */
export interface DeferredRecord {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly route: string;
  readonly caller: string;
  readonly state: DeferredState;
  readonly acceptedAt: number;
  readonly giveUpAt: number;
  readonly finishedAt?: number;
  readonly tries: number;
  /** Problem code of the last attempt that came to nothing. */
  readonly reason?: string;
  /** Of one that is done: what the caller would have been answered. */
  readonly answer?: KeptAnswer;
}

/** What a person found out, of an operation whose outcome is unknown. `retry`: nothing was done, do it now. */
export type Resolution =
  | { readonly kind: 'succeeded' | 'failed'; readonly answer: KeptAnswer }
  | { readonly kind: 'retry'; readonly giveUpMs: number };

/**
 * Operations that are carried out later, each with its command in the commands store: what a method has said is durable. An
 * operation is one process's as long as that keeps its lease. Every method @throws CommandStoreError
 */
export interface DeferredStore {
  /** Writes command and operation down together. `claim` of the command is the operation's id. */
  accept(command: NewCommand, operation: NewDeferred): Promise<Accepted>;
  /** Takes at most `most` operations of a service that are due, longest waiting first; those of dead processes are, too. */
  take(service: string, most: number): Promise<readonly TakenOperation[]>;
  /** Leaves it for later. @returns false if it is somebody else's by now, as is the case with `finish`. */
  postpone(
    id: string,
    claim: string,
    state: 'accepted' | 'unsettled',
    delayMs: number,
    reason: string,
  ): Promise<boolean>;
  /** `answer` is also that of the command, unless that has one. What is finished is erased; what is unknown needs its content. */
  finish(
    id: string,
    claim: string,
    state: 'succeeded' | 'failed' | 'unknown',
    reason?: string,
    answer?: KeptAnswer,
  ): Promise<boolean>;
  /** Undefined: there is none, or its time is over. */
  find(id: string): Promise<DeferredRecord | undefined>;
  /** Cancels what has not begun; `answer` is that of the command from now on. @returns false if there is no such operation. */
  cancel(id: string, caller: string, answer: KeptAnswer): Promise<boolean>;
  /** The newest first, for people. */
  list(states: readonly DeferredState[], most: number): Promise<readonly DeferredRecord[]>;
  /** The sealed content, as long as it is there. */
  contentOf(id: string): Promise<Uint8Array | undefined>;
  /** @returns false unless the outcome of the operation is unknown. */
  resolve(id: string, resolution: Resolution): Promise<boolean>;
  /** Forgets at most `most` operations whose time is over. @returns how many they were. */
  sweep(most: number): Promise<number>;
}
