import type { Logger } from 'pino';
import { BusError, type BusErrorCode, type BusEvent } from '../../connectors/index.ts';
import type { ClaimedEvent, OutboxStore, Published } from '../commands/outbox-store.ts';
import type { EventTally } from './event-tally.ts';
import { startRounds, type Rest, type Rounds } from './rounds.ts';

export interface RelayOptions {
  readonly outbox: () => Promise<OutboxStore>;
  /** Resolves once the bus has taken the event over. @throws BusError */
  readonly publish: (event: BusEvent) => Promise<void>;
  readonly isConnected: () => boolean;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly tally: EventTally;
  /** How often the outbox is looked at for what others have left; default a second. */
  readonly pollMs?: number;
}

const POLL_MS = 1000;
const MOST_AT_ONCE = 256;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

/** The event itself is what the bus does not take; otherwise the bus takes nothing now. */
const OF_THE_EVENT: ReadonlySet<BusErrorCode> = new Set(['REFUSED', 'INVALID_EVENT', 'INVALID_MESSAGE']);

/** How the events of one lane fared. */
interface LaneOutcome extends Published {
  readonly isBusAway: boolean;
}

/**
 * Brings events from the outbox to the bus: at least once, those of a lane one after the other, with the ids that they have
 * had from the beginning. What the bus does not take stays where it is, and is tried again for ever.
 */
export function startRelay(options: RelayOptions): Rounds {
  const { pollMs = POLL_MS, logger, isConnected } = options;
  let pauseMs = FIRST_PAUSE_MS;
  // What is claimed and not settled nobody would publish any more.
  let unsettled: Published | undefined;
  const settle = async (outbox: OutboxStore): Promise<void> => {
    if (unsettled !== undefined) await outbox.settle(unsettled);
    unsettled = undefined;
  };
  const round = async (): Promise<Rest> => {
    if (!isConnected()) return { ms: pollMs };
    const outbox = await options.outbox();
    await settle(outbox);
    const claimed = await outbox.claim(MOST_AT_ONCE);
    if (claimed.length === 0) return { ms: pollMs };
    const lanes = Map.groupBy(claimed, ({ lane }) => lane);
    const outcomes = await Promise.all([...lanes.values()].map((lane) => publishLane(lane, options)));
    unsettled = join(outcomes);
    await settle(outbox);
    pauseMs = outcomes.some(({ isBusAway }) => isBusAway)
      ? Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
      : FIRST_PAUSE_MS;
    return pauseMs === FIRST_PAUSE_MS ? { ms: 0 } : { ms: pauseMs, isFirm: true };
  };
  return startRounds({
    round,
    pauseMs: pollMs,
    onError: (error) => {
      logger.error({ err: error }, 'Events wait in the outbox, which cannot be read now');
    },
  });
}

async function publishLane(events: readonly ClaimedEvent[], options: RelayOptions): Promise<LaneOutcome> {
  const { publish, tally } = options;
  const published: number[] = [];
  for (const [index, claimed] of events.entries()) {
    try {
      await publish(claimed.event);
    } catch (error) {
      const isRefused = error instanceof BusError && OF_THE_EVENT.has(error.code);
      tellOfFailure(claimed, error, isRefused, options);
      const [failed, ...rest] = events.slice(index).map(({ seq }) => seq);
      return isRefused
        ? { published, refused: [refusedOf(claimed)], released: rest, isBusAway: false }
        : { published, refused: [], released: [failed!, ...rest], isBusAway: true };
    }
    published.push(claimed.seq);
    tally.published += 1;
  }
  return { published, refused: [], released: [], isBusAway: false };
}

function refusedOf({ seq, attempts }: ClaimedEvent): Published['refused'][number] {
  return { seq, delayMs: Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts, 16)) };
}

function tellOfFailure(
  { event: { event, id: eventId, requestId }, attempts }: ClaimedEvent,
  error: unknown,
  isRefused: boolean,
  { logger, tally }: RelayOptions,
): void {
  const told = { event, eventId, requestId, attempts, err: error };
  if (isRefused) {
    tally.refused += 1;
    logger.error(told, 'The bus did not take an event; it is tried again, and those after it wait');
    return;
  }
  tally.deferred += 1;
  logger.warn(told, 'The bus takes no events now; they wait in the outbox');
}

function join(outcomes: readonly LaneOutcome[]): Published {
  return {
    published: outcomes.flatMap(({ published }) => published),
    refused: outcomes.flatMap(({ refused }) => refused),
    released: outcomes.flatMap(({ released }) => released),
  };
}
