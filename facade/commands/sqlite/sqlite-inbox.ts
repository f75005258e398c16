import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoreTimes } from '../command-store.ts';
import type {
  Delivered,
  Delivery,
  DeliveryState,
  ReceivedEvent,
  ShownDelivery,
  StreamedEvent,
} from '../inbox-store.ts';
import { IS_CLAIMED } from './is-claimed.ts';
import { prepareAll } from './prepare-all.ts';

const SQL = {
  receive: `INSERT INTO portico_events (uid, position, event, body, expires_at) VALUES (:uid, :position, :event, :body, :expires)
    ON CONFLICT (uid) DO NOTHING`,
  own: 'INSERT OR IGNORE INTO portico_event_owners (owner, seq) VALUES (:owner, :seq)',
  deliver: `INSERT INTO portico_deliveries (target, uid, event, body, created_at, next_at)
    VALUES (:target, :uid, :event, :body, :now, :now)`,
  newest: 'SELECT seq, position FROM portico_events ORDER BY seq DESC LIMIT 1',
  seqOf: 'SELECT seq FROM portico_events WHERE position = :position AND expires_at > :now',
  after: `SELECT seq, position, event, body,
      (SELECT json_group_array(owner) FROM portico_event_owners o WHERE o.seq = e.seq) AS owners
    FROM portico_events e WHERE seq > :seq AND expires_at > :now ORDER BY seq LIMIT :most`,
  ownAfter: `SELECT DISTINCT e.seq, e.position, e.event, e.body FROM portico_event_owners o JOIN portico_events e ON e.seq = o.seq
    WHERE o.owner IN (SELECT value FROM json_each(:owners)) AND o.seq > :seq AND e.expires_at > :now ORDER BY e.seq LIMIT :most`,
  claimDue: `UPDATE portico_deliveries SET claimed_by = :owner WHERE number IN (
      SELECT number FROM portico_deliveries d WHERE state = 'waiting' AND target = :target AND next_at <= :now AND NOT ${IS_CLAIMED('d')}
      ORDER BY next_at LIMIT :most)
    RETURNING number, target, uid, event, body, attempts`,
  delivered: `UPDATE portico_deliveries SET state = 'delivered', attempts = attempts + 1, claimed_by = NULL, reason = NULL, expires_at = :expires
    WHERE number = :number`,
  again: `UPDATE portico_deliveries SET attempts = attempts + 1, next_at = :next, claimed_by = NULL, reason = :reason
    WHERE number = :number AND claimed_by = :owner`,
  dead: `UPDATE portico_deliveries SET state = 'dead', attempts = attempts + 1, claimed_by = NULL, reason = :reason, expires_at = :expires
    WHERE number = :number AND claimed_by = :owner`,
  release: 'UPDATE portico_deliveries SET claimed_by = NULL WHERE number = :number AND claimed_by = :owner',
  list: `SELECT number, target, uid, event, state, attempts, created_at AS createdAt, next_at AS nextAt, reason
    FROM portico_deliveries WHERE :state IS NULL OR state = :state ORDER BY number DESC LIMIT :most`,
  replay: `UPDATE portico_deliveries SET state = 'waiting', attempts = 0, next_at = :now, expires_at = NULL
    WHERE state = 'dead' AND (:number IS NULL OR number = :number)`,
  sweepEvents: `DELETE FROM portico_events WHERE seq IN
    (SELECT seq FROM portico_events WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)`,
  sweepDeliveries: `DELETE FROM portico_deliveries WHERE number IN
    (SELECT number FROM portico_deliveries WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)`,
};

/** The inbox of one SQLite file. Every method runs within a transaction of the caller's. */
export class SqliteInbox {
  readonly #statements: Readonly<Record<keyof typeof SQL, StatementSync>>;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(database: DatabaseSync, owner: string, times: StoreTimes) {
    this.#statements = prepareAll(database, SQL);
    this.#owner = owner;
    this.#times = times;
  }

  receive({ uid, event, body, owners, targets }: ReceivedEvent): boolean {
    const now = Date.now();
    const expires = now + this.#times.eventsMs;
    const kept = this.#statements.receive.run({ uid, position: randomUUID(), event, body, expires });
    if (kept.changes === 0) return false;
    for (const owner of owners) this.#statements.own.run({ owner, seq: kept.lastInsertRowid });
    for (const target of targets) this.#statements.deliver.run({ target, uid, event, body, now });
    return true;
  }

  newest(): { readonly seq: number; readonly position: string } | undefined {
    return this.#statements.newest.get() as { seq: number; position: string } | undefined;
  }

  seqOf(position: string): number | undefined {
    const row = this.#statements.seqOf.get({ position, now: Date.now() }) as { seq: number } | undefined;
    return row?.seq;
  }

  after(seq: number, most: number): (StreamedEvent & { readonly owners: readonly string[] })[] {
    const rows = this.#statements.after.all({ seq, most, now: Date.now() });
    return (rows as unknown as (StreamedEvent & { owners: string })[]).map(({ owners, ...event }) => ({
      ...event,
      owners: JSON.parse(owners) as string[],
    }));
  }

  ownAfter(owners: readonly string[], seq: number, most: number): StreamedEvent[] {
    const values = { owners: JSON.stringify(owners), seq, most, now: Date.now() };
    return this.#statements.ownAfter.all(values) as unknown as StreamedEvent[];
  }

  claimDue(target: string, most: number): Delivery[] {
    const rows = this.#statements.claimDue.all({ owner: this.#owner, now: Date.now(), target, most });
    return rows as unknown as Delivery[];
  }

  settle(number: number, outcome: Delivered): void {
    const now = Date.now();
    const owner = this.#owner;
    switch (outcome.kind) {
      case 'delivered':
        this.#statements.delivered.run({ number, expires: now + this.#times.eventsMs });
        return;
      case 'again':
        this.#statements.again.run({
          number,
          owner,
          next: now + Math.round(outcome.delayMs),
          reason: outcome.reason,
        });
        return;
      case 'dead':
        this.#statements.dead.run({
          number,
          owner,
          reason: outcome.reason,
          expires: now + this.#times.unknownMs,
        });
        return;
      case 'released':
        this.#statements.release.run({ number, owner });
    }
  }

  list(state: DeliveryState | undefined, most: number): ShownDelivery[] {
    const rows = this.#statements.list.all({ state: state ?? null, most });
    return (rows as unknown as (Omit<ShownDelivery, 'reason'> & { reason: string | null })[]).map(
      ({ reason, ...shown }) => ({
        ...shown,
        ...(reason !== null && { reason }),
      }),
    );
  }

  replay(number: number | undefined): number {
    return Number(this.#statements.replay.run({ number: number ?? null, now: Date.now() }).changes);
  }

  sweep(most: number): number {
    const now = Date.now();
    const events = Number(this.#statements.sweepEvents.run({ now, most }).changes);
    return Math.max(events, Number(this.#statements.sweepDeliveries.run({ now, most }).changes));
  }
}
