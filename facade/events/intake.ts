import { createHash } from 'node:crypto';
import {
  ACK,
  decodeCloudEvent,
  encodeCloudEvent,
  EVENT_SOURCE,
  matchesTopic,
  type BusEvent,
  type Delivery,
  type Settlement,
} from '../../connectors/index.ts';
import type { Logger } from 'pino';
import { LRUCache } from 'lru-cache';
import type { InboxStore } from '../commands/inbox-store.ts';
import type { EventTally } from './event-tally.ts';
import type { Ownership } from './streams/ownership.ts';

/** Takes events in for streams and webhooks, each once. */
export interface Intake {
  /** Whether anybody here wants to hear of it. */
  wants(event: Pick<BusEvent, 'event'>): boolean;
  /** Keeps an event, and returns once that is durable. @throws CommandStoreError */
  take(event: BusEvent): Promise<void>;
  /** The same for a message of the broker; while the store is away it waits. */
  handle(delivery: Delivery): Promise<Settlement>;
  close(): void;
}

export interface IntakeOptions {
  readonly inbox: () => Promise<InboxStore>;
  readonly ownership: Ownership | undefined;
  /** Patterns of each webhook, by its name. */
  readonly webhooks: ReadonlyMap<string, readonly string[]>;
  /** Patterns of all of that. */
  readonly patterns: readonly string[];
  /** Something new is there, for streams and webhooks. */
  readonly onNew: () => void;
  readonly logger: Pick<Logger, 'error'>;
  readonly tally: EventTally;
  /** How long to wait for a store that is away; default a second. */
  readonly pauseMs?: number;
}

const MOST_REMEMBERED = 10_000;
const PAUSE_MS = 1000;
/** It becomes a line of a stream, and part of a log. */
const EVENT_NAME = /^[\x21-\x7e]{1,255}$/;

export function createIntake(options: IntakeOptions): Intake {
  const { patterns, ownership, webhooks, logger, tally, pauseMs = PAUSE_MS } = options;
  const seen = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  const closed = new AbortController();
  const wants = ({ event }: Pick<BusEvent, 'event'>): boolean =>
    patterns.some((pattern) => matchesTopic(pattern, event));
  const take = async (event: BusEvent): Promise<void> => {
    const uid = uidOf(event);
    if (seen.has(uid)) {
      tally.duplicates += 1;
      return;
    }
    const owners = ownership?.ownersOf(event) ?? [];
    const targets = [...webhooks].filter(([, wanted]) =>
      wanted.some((one) => matchesTopic(one, event.event)),
    );
    if (owners.length > 0 || targets.length > 0) {
      const isNew = await (
        await options.inbox()
      ).receive({
        uid,
        event: event.event,
        body: encodeCloudEvent(event, EVENT_SOURCE),
        owners,
        targets: targets.map(([name]) => name),
      });
      tally[isNew ? 'received' : 'duplicates'] += 1;
      if (isNew) options.onNew();
    }
    seen.set(uid, true);
  };
  /** What the broker has given is neither dropped nor given back because the store is away. */
  const takeInTime = async (event: BusEvent): Promise<Settlement> => {
    for (;;) {
      try {
        await take(event);
        return ACK;
      } catch (error) {
        logger.error(
          { event: event.event, eventId: event.id, err: error },
          'An event waits for the commands store',
        );
        if (!(await pause(pauseMs, closed.signal))) return { kind: 'retry', reason: 'stopping' };
      }
    }
  };
  return {
    wants,
    take,
    async handle({ body }) {
      const event = read(body);
      if (typeof event === 'string') return { kind: 'dead', reason: event };
      return wants(event) ? takeInTime(event) : ACK;
    },
    close() {
      closed.abort();
    },
  };
}

/** @returns why the bytes are no event that can be told of. */
function read(body: Uint8Array): BusEvent | string {
  try {
    const event = decodeCloudEvent(body);
    return EVENT_NAME.test(event.event) ? event : 'the type of the event is no visible ASCII';
  } catch (error) {
    return `no CloudEvent: ${(error as Error).message}`;
  }
}

/** CloudEvents 1.0.2, 3.1: source and id together are unique. */
function uidOf({ source = EVENT_SOURCE, id }: BusEvent): string {
  return createHash('sha256')
    .update(JSON.stringify([source, id]))
    .digest('hex')
    .slice(0, 32);
}

/** @returns false if it was ended by the signal. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isOver: boolean) => (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(isOver);
    };
    const timer = setTimeout(() => {
      end(true)();
    }, milliseconds).unref();
    const onAbort = end(false);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
