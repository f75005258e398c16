import type { Logger } from 'pino';
import type { InboxStore, StreamedEvent } from '../../commands/inbox-store.ts';
import { startRounds, type Rest, type Rounds } from '../rounds.ts';

/** Somebody who is shown events as they come. */
export interface Listener {
  readonly owners: readonly string[];
  /** Shows one. @returns false if there is no room for more; `hasRoom` then tells when there is. */
  show(event: StreamedEvent): boolean;
  /** Resolves when there is room, and to false when there never will be. */
  hasRoom(): Promise<boolean>;
}

/** One who is being shown events. */
export interface Following {
  /** Where the listener is, if it has been shown all that there is for it. */
  position(): string | undefined;
  stop(): void;
}

/** Events of the store, for everybody in this process who listens: the store is read once for all of them. */
export interface Feed {
  /** Where the newest event is. @throws CommandStoreError, as `find` */
  newest(): Promise<Place>;
  /** Where a client was; undefined if that is not known any more. */
  find(position: string): Promise<number | undefined>;
  /** Shows events after `seq` from now on. */
  follow(listener: Listener, seq: number): Following;
  /** There may be new ones. */
  wake(): void;
  close(): Promise<void>;
}

/** A place in the order of all events; `position` is what clients are told of it. */
export interface Place {
  readonly seq: number;
  readonly position: string;
}

export interface FeedOptions {
  readonly inbox: () => Promise<InboxStore>;
  readonly logger: Pick<Logger, 'error'>;
  /** How often the store is asked for what other processes have taken; default half a second. */
  readonly pollMs?: number;
}

const POLL_MS = 500;
const MOST_AT_ONCE = 200;
/** Before the first event that ever was. */
const START: Place = { seq: 0, position: 'start' };

export function createFeed(options: FeedOptions): Feed {
  return new StoreFeed(options);
}

class StoreFeed implements Feed {
  readonly #options: FeedOptions;
  readonly #byOwner = new Map<string, Set<Follower>>();
  readonly #followers = new Set<Follower>();
  readonly #rounds: Rounds;
  /** Up to where followers that are not behind have been shown everything; undefined while nobody follows. */
  #tail: Place | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    const { pollMs = POLL_MS, logger } = options;
    this.#rounds = startRounds({
      round: () => this.#round(),
      pauseMs: pollMs,
      onError: (error) => {
        logger.error({ err: error }, 'Streams wait for the commands store');
      },
    });
  }

  async newest(): Promise<Place> {
    return (await (await this.#options.inbox()).newest()) ?? START;
  }

  async find(position: string): Promise<number | undefined> {
    if (position === START.position) return START.seq;
    return (await this.#options.inbox()).seqOf(position);
  }

  follow(listener: Listener, seq: number): Following {
    const follower = new Follower(listener, seq, this.#options);
    this.#followers.add(follower);
    for (const owner of listener.owners)
      this.#byOwner.set(owner, (this.#byOwner.get(owner) ?? new Set()).add(follower));
    follower.catchUp();
    this.wake();
    return {
      position: () => (follower.isBehind ? undefined : this.#tail?.position),
      stop: () => {
        this.#leave(follower);
      },
    };
  }

  wake(): void {
    this.#rounds.wake();
  }

  async close(): Promise<void> {
    for (const follower of [...this.#followers]) this.#leave(follower);
    await this.#rounds.close();
  }

  #leave(follower: Follower): void {
    follower.stop();
    this.#followers.delete(follower);
    for (const owner of follower.owners) {
      const others = this.#byOwner.get(owner);
      others?.delete(follower);
      if (others?.size === 0) this.#byOwner.delete(owner);
    }
    if (this.#followers.size === 0) this.#tail = undefined;
  }

  /** What comes while a follower catches up it reads once more itself: nothing falls between. */
  async #round(): Promise<Rest> {
    const { pollMs = POLL_MS, inbox } = this.#options;
    if (this.#followers.size === 0) return { ms: 3_600_000 };
    if (this.#tail === undefined) {
      this.#tail = await this.newest();
      for (const follower of this.#followers) follower.catchUp();
    }
    const events = await (await inbox()).after(this.#tail.seq, MOST_AT_ONCE);
    for (const { owners, ...event } of events) {
      this.#tail = event;
      const theirs = new Set(owners.flatMap((owner) => [...(this.#byOwner.get(owner) ?? [])]));
      for (const follower of theirs) follower.hear(event);
    }
    return { ms: events.length < MOST_AT_ONCE ? pollMs : 0 };
  }
}

/**
 * Either has been shown all that is its own up to the tail, and is then handed what is new, or is behind, and reads its own
 * events from the store: after a resumption, and when it had no room.
 */
class Follower {
  readonly owners: readonly string[];
  isBehind = false;
  readonly #listener: Listener;
  readonly #options: FeedOptions;
  #seq: number;
  /** Something came while it read. */
  #hasHeard = false;
  #isStopped = false;

  constructor(listener: Listener, seq: number, options: FeedOptions) {
    this.#listener = listener;
    this.owners = listener.owners;
    this.#seq = seq;
    this.#options = options;
  }

  hear(event: StreamedEvent): void {
    if (this.isBehind) this.#hasHeard = true;
    else if (!this.#show(event)) this.catchUp();
  }

  catchUp(): void {
    this.#hasHeard = true;
    if (this.isBehind || this.#isStopped) return;
    this.isBehind = true;
    void this.#read();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #read(): Promise<void> {
    while (this.#hasHeard && !this.#isStopped) {
      this.#hasHeard = false;
      try {
        await this.#readAll();
      } catch (error) {
        this.#options.logger.error({ err: error }, 'A stream waits for the commands store');
        this.#hasHeard = true;
        await new Promise((resolve) => setTimeout(resolve, this.#options.pollMs ?? POLL_MS).unref());
      }
    }
    this.isBehind = false;
  }

  async #readAll(): Promise<void> {
    for (;;) {
      if (!(await this.#listener.hasRoom())) {
        this.#isStopped = true;
        return;
      }
      const inbox = await this.#options.inbox();
      const events = await inbox.ownAfter(this.owners, this.#seq, MOST_AT_ONCE);
      for (const event of events) {
        if (this.#isStopped) return;
        if (!this.#show(event) && !(await this.#listener.hasRoom())) this.#isStopped = true;
      }
      if (events.length < MOST_AT_ONCE || this.#isStopped) return;
    }
  }

  #show(event: StreamedEvent): boolean {
    if (event.seq <= this.#seq) return true;
    this.#seq = event.seq;
    return this.#listener.show(event);
  }
}
