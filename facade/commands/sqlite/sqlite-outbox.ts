import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BusEvent } from '../../../connectors/index.ts';
import type { StoreTimes } from '../command-store.ts';
import type { ClaimedEvent, NewEvent, OutboxDepth, Published } from '../outbox-store.ts';
import { IS_CLAIMED } from './is-claimed.ts';
import { prepareAll } from './prepare-all.ts';

interface Row {
  readonly seq: number;
  readonly lane: string;
  readonly head: string;
  readonly data: Uint8Array;
  readonly attempts: number;
}

const SQL = {
  add: `INSERT INTO portico_outbox (lane, head, data, created_at) VALUES (:lane, :head, :data, :now)`,
  claim: `UPDATE portico_outbox SET claimed_by = :owner WHERE seq IN (
      SELECT seq FROM portico_outbox w WHERE published_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM portico_outbox b WHERE b.lane = w.lane AND b.published_at IS NULL AND (b.next_at > :now OR ${IS_CLAIMED('b')}))
      ORDER BY seq LIMIT :most)
    RETURNING seq, lane, head, data, attempts`,
  publish: 'UPDATE portico_outbox SET published_at = :now, claimed_by = NULL WHERE seq = :seq',
  refuse: `UPDATE portico_outbox SET attempts = attempts + 1, next_at = :next, claimed_by = NULL
    WHERE seq = :seq AND claimed_by = :owner`,
  release: 'UPDATE portico_outbox SET claimed_by = NULL WHERE seq = :seq AND claimed_by = :owner',
  depth: `SELECT count(*) AS waiting, coalesce(:now - min(created_at), 0) AS oldestMs FROM portico_outbox WHERE published_at IS NULL`,
  sweep: `DELETE FROM portico_outbox WHERE seq IN
    (SELECT seq FROM portico_outbox WHERE published_at <= :until ORDER BY published_at LIMIT :most)`,
};

/** The outbox of one SQLite file. Every method runs within a transaction of the caller's. */
export class SqliteOutbox {
  readonly #statements: Readonly<Record<keyof typeof SQL, StatementSync>>;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(database: DatabaseSync, owner: string, times: StoreTimes) {
    this.#statements = prepareAll(database, SQL);
    this.#owner = owner;
    this.#times = times;
  }

  add({ lane, event: { data, ...head } }: NewEvent): void {
    this.#statements.add.run({ lane, head: JSON.stringify(head), data, now: Date.now() });
  }

  claim(most: number): readonly ClaimedEvent[] {
    const rows = this.#statements.claim.all({ owner: this.#owner, now: Date.now(), most });
    return (rows as unknown as Row[]).sort((left, right) => left.seq - right.seq).map(toClaimed);
  }

  settle({ published, refused, released }: Published): void {
    const now = Date.now();
    for (const seq of published) this.#statements.publish.run({ seq, now });
    for (const { seq, delayMs } of refused)
      this.#statements.refuse.run({ seq, next: now + Math.round(delayMs), owner: this.#owner });
    for (const seq of released) this.#statements.release.run({ seq, owner: this.#owner });
  }

  depth(): OutboxDepth {
    return this.#statements.depth.get({ now: Date.now() }) as unknown as OutboxDepth;
  }

  sweep(most: number): number {
    const until = Date.now() - this.#times.eventsMs;
    return Number(this.#statements.sweep.run({ until, most }).changes);
  }
}

function toClaimed({ seq, lane, head, data, attempts }: Row): ClaimedEvent {
  return { seq, lane, attempts, event: { ...(JSON.parse(head) as Omit<BusEvent, 'data'>), data } };
}
