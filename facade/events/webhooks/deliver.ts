import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Delivered, Delivery, InboxStore } from '../../commands/inbox-store.ts';
import type { EventTally } from '../event-tally.ts';
import { startRounds, type Rest, type Rounds } from '../rounds.ts';
import type { Webhook } from './webhook.ts';

export interface DeliverOptions {
  readonly inbox: () => Promise<InboxStore>;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly tally: EventTally;
  /** How often the store is asked what is due; default two seconds. */
  readonly pollMs?: number;
}

const POLL_MS = 2000;

/** Calls one webhook with what is due to it, beside other processes that do the same. A slow one holds up none but itself. */
export function startDelivering(webhook: Webhook, options: DeliverOptions): Rounds {
  const { inbox, logger, pollMs = POLL_MS } = options;
  const closed = new AbortController();
  const deliver = async (store: InboxStore, delivery: Delivery): Promise<void> => {
    const outcome = await webhook.send(delivery, closed.signal);
    tell(delivery, outcome, options);
    await settle(store, delivery, outcome);
  };
  /** Nobody would try again what is claimed and not settled. */
  const settle = async (store: InboxStore, { number }: Delivery, outcome: Delivered): Promise<void> => {
    for (;;) {
      try {
        await store.settle(number, outcome);
        return;
      } catch (error) {
        logger.error({ err: error }, 'What became of a delivery waits for the commands store');
        if (closed.signal.aborted) return;
        await sleep(pollMs, undefined, { signal: closed.signal, ref: false }).catch(() => undefined);
      }
    }
  };
  const round = async (): Promise<Rest> => {
    const store = await inbox();
    const due = await store.claimDue(webhook.name, webhook.concurrent);
    await Promise.all(due.map((delivery) => deliver(store, delivery)));
    return { ms: due.length < webhook.concurrent ? pollMs : 0 };
  };
  const rounds = startRounds({
    round,
    pauseMs: pollMs,
    onError: (error) => {
      logger.error({ err: error }, 'Webhooks wait for the commands store');
    },
  });
  return {
    wake: () => {
      rounds.wake();
    },
    async close() {
      closed.abort();
      await rounds.close();
      await webhook.close();
    },
  };
}

function tell(
  { target, uid, event, attempts }: Delivery,
  outcome: Delivered,
  { logger, tally }: DeliverOptions,
): void {
  const told = { webhook: target, delivery: uid, event, attempt: attempts + 1 };
  switch (outcome.kind) {
    case 'delivered':
      tally.delivered += 1;
      return;
    case 'again':
      tally.failed += 1;
      logger.warn(
        { ...told, reason: outcome.reason },
        'A webhook did not take a delivery; it is tried again',
      );
      return;
    case 'dead':
      tally.failed += 1;
      tally.dead += 1;
      logger.error(
        { ...told, reason: outcome.reason },
        'A delivery to a webhook is dead; portico webhooks replay has it tried again',
      );
      return;
    case 'released':
      return;
  }
}
