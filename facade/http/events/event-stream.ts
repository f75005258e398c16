import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StreamConfig } from '../../config/events-config.ts';
import type { EventTally } from '../../events/event-tally.ts';
import { GAP_TEXT, toBeginning, toEventText, toHeartbeat } from '../../events/streams/event-text.ts';
import type { Feed, Following } from '../../events/streams/feed.ts';

/** The header of every stream; no proxy is to keep events back. */
export const STREAM_HEAD = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' } as const;

/** A stream to one client. */
export interface EventStream {
  /** Ends it in good order: the client comes back by itself. */
  end(): void;
}

export interface EventStreamOptions {
  readonly feed: Feed;
  readonly config: StreamConfig;
  readonly tally: EventTally;
  /** Milliseconds since the epoch; the stream ends then. */
  readonly expiresAt: number;
  readonly owners: readonly string[];
  /** Where the client was; undefined: it begins. */
  readonly lastEventId: string | undefined;
}

/** Longest that a timer can wait. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Where a stream is to begin. */
interface Start {
  readonly seq: number;
  /** To be told to the client. */
  readonly position?: string;
  readonly isGap: boolean;
}

/** Finds out where to begin before anything is sent. @throws CommandStoreError */
async function startOf({ feed, lastEventId }: EventStreamOptions): Promise<Start> {
  if (lastEventId === undefined) return { ...(await feed.newest()), isGap: false };
  const seq = await feed.find(lastEventId);
  return seq === undefined ? { seq: 0, isGap: true } : { seq, isGap: false };
}

/**
 * Streams events to a client until it goes, its token expires, or it takes nothing for too long. What it has not taken stays in
 * the store, not here: at most one write waits for it. @throws CommandStoreError
 */
export async function streamEvents(
  request: IncomingMessage,
  response: ServerResponse,
  options: EventStreamOptions,
): Promise<EventStream | undefined> {
  const start = await startOf(options);
  if (response.destroyed) return undefined;
  return new ClientStream(request, response, options, start);
}

class ClientStream implements EventStream {
  readonly #response: ServerResponse;
  readonly #options: EventStreamOptions;
  readonly #following: Following;
  readonly #timers: readonly NodeJS.Timeout[];
  #room: Promise<boolean> | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, options: EventStreamOptions, start: Start) {
    const { config, feed, tally, owners, expiresAt } = options;
    this.#response = response;
    this.#options = options;
    // Small writes that each matter.
    request.socket.setNoDelay(true);
    response.writeHead(200, STREAM_HEAD);
    this.#write(toBeginning(config.retrySeconds * 1000, start.position));
    if (start.isGap) this.#write(GAP_TEXT);
    tally.streams += 1;
    this.#following = feed.follow(
      {
        owners,
        show: (event) => {
          tally.streamed += 1;
          return this.#write(toEventText(event));
        },
        hasRoom: () => this.#hasRoom(),
      },
      start.seq,
    );
    const beat = setInterval(() => {
      if (this.#room === undefined) this.#write(toHeartbeat(this.#following.position()));
    }, config.heartbeatSeconds * 1000);
    const expiry = setTimeout(
      () => {
        this.end();
      },
      Math.min(Math.max(0, expiresAt - Date.now()), LONGEST_TIMER_MS),
    );
    this.#timers = [beat, expiry];
    response.once('close', () => {
      tally.streams -= 1;
      this.#free();
    });
  }

  end(): void {
    this.#free();
    this.#response.end();
  }

  #free(): void {
    this.#following.stop();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** @returns false if the client has to take something first. */
  #write(text: string): boolean {
    if (this.#response.destroyed || this.#response.writableEnded) return true;
    if (this.#response.write(text)) return true;
    this.#room ??= this.#awaitRoom();
    return false;
  }

  #hasRoom(): Promise<boolean> {
    return this.#room ?? Promise.resolve(!this.#response.destroyed);
  }

  async #awaitRoom(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const onDrain = (): void => {
      resolve(true);
    };
    const onClose = (): void => {
      resolve(false);
    };
    const stall = setTimeout(() => {
      this.#options.tally.cut += 1;
      this.#response.destroy();
    }, this.#options.config.stallSeconds * 1000);
    this.#response.once('drain', onDrain).once('close', onClose);
    const hasRoom = await promise;
    clearTimeout(stall);
    this.#response.off('drain', onDrain).off('close', onClose);
    this.#room = undefined;
    return hasRoom;
  }
}
