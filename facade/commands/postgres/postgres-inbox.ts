import type { Pool } from 'pg';
import type { StoreTimes } from '../command-store.ts';
import type {
  Delivered,
  Delivery,
  DeliveryState,
  InboxStore,
  ReceivedEvent,
  ShownDelivery,
  StreamedEvent,
} from '../inbox-store.ts';
import { IS_CLAIMED } from './is-claimed.ts';
import { Statements, toBytea } from './statements.ts';

/** Any number, but always this one: numbers must become visible in their order, or a reader would pass over the slower of two. */
const RECEIVING = 7_067_843;

const SQL = {
  inbox_receive: `WITH kept AS (
      INSERT INTO portico_events (uid, position, event, body, expires_at)
      VALUES ($1, gen_random_uuid()::text, $2, $3, portico_now() + $4::bigint) ON CONFLICT (uid) DO NOTHING RETURNING seq),
    owned AS (INSERT INTO portico_event_owners (owner, seq) SELECT DISTINCT owner, seq FROM kept, unnest($5::text[]) AS owner),
    delivered AS (
      INSERT INTO portico_deliveries (target, uid, event, body, created_at, next_at)
      SELECT target, $1, $2, $3, portico_now(), portico_now() FROM kept, unnest($6::text[]) AS target)
    SELECT 1 FROM kept`,
  inbox_newest:
    'SELECT seq::float8 AS seq, position FROM portico_events ORDER BY portico_events.seq DESC LIMIT 1',
  inbox_seq_of:
    'SELECT seq::float8 AS seq FROM portico_events WHERE position = $1 AND expires_at > portico_now()',
  inbox_after: `SELECT seq::float8 AS seq, position, event, body,
      ARRAY(SELECT owner FROM portico_event_owners o WHERE o.seq = e.seq) AS owners
    FROM portico_events e WHERE e.seq > $1 AND expires_at > portico_now() ORDER BY e.seq LIMIT $2`,
  inbox_own_after: `SELECT e.seq::float8 AS seq, e.position, e.event, e.body FROM portico_events e
    WHERE e.seq IN (SELECT o.seq FROM portico_event_owners o WHERE o.owner = ANY($1::text[]) AND o.seq > $2)
      AND e.expires_at > portico_now() ORDER BY e.seq LIMIT $3`,
  inbox_claim: `UPDATE portico_deliveries SET claimed_by = $1 WHERE number IN (
      SELECT number FROM portico_deliveries d WHERE state = 'waiting' AND target = $2 AND next_at <= portico_now() AND NOT ${IS_CLAIMED('d')}
      ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED)
    RETURNING number::float8 AS number, target, uid, event, body, attempts`,
  inbox_delivered: `UPDATE portico_deliveries SET state = 'delivered', attempts = attempts + 1, claimed_by = NULL, reason = NULL,
      expires_at = portico_now() + $2::bigint WHERE number = $1`,
  inbox_again: `UPDATE portico_deliveries SET attempts = attempts + 1, next_at = portico_now() + $3::bigint, claimed_by = NULL, reason = $4
    WHERE number = $1 AND claimed_by = $2`,
  inbox_dead: `UPDATE portico_deliveries SET state = 'dead', attempts = attempts + 1, claimed_by = NULL, reason = $3,
      expires_at = portico_now() + $4::bigint WHERE number = $1 AND claimed_by = $2`,
  inbox_release: 'UPDATE portico_deliveries SET claimed_by = NULL WHERE number = $1 AND claimed_by = $2',
  inbox_list: `SELECT number::float8 AS number, target, uid, event, state, attempts, created_at::float8 AS "createdAt",
      next_at::float8 AS "nextAt", reason FROM portico_deliveries d
    WHERE $1::text IS NULL OR state = $1 ORDER BY d.number DESC LIMIT $2`,
  inbox_replay: `UPDATE portico_deliveries SET state = 'waiting', attempts = 0, next_at = portico_now(), expires_at = NULL
    WHERE state = 'dead' AND ($1::bigint IS NULL OR number = $1)`,
  inbox_sweep_events: `DELETE FROM portico_events WHERE seq IN (
    SELECT seq FROM portico_events WHERE expires_at <= portico_now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
  inbox_sweep_deliveries: `DELETE FROM portico_deliveries WHERE number IN (
    SELECT number FROM portico_deliveries WHERE expires_at <= portico_now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
};

/** The inbox in a PostgreSQL database. */
export class PostgresInbox implements InboxStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(pool: Pool, owner: string, times: StoreTimes) {
    this.#statements = new Statements(pool, SQL);
    this.#owner = owner;
    this.#times = times;
  }

  async receive({ uid, event, body, owners, targets }: ReceivedEvent): Promise<boolean> {
    const values = [uid, event, toBytea(body), this.#times.eventsMs, owners, targets];
    const { rowCount } = await this.#statements.inTurn(RECEIVING, (run) => run('inbox_receive', values));
    return (rowCount ?? 0) > 0;
  }

  async newest(): Promise<{ readonly seq: number; readonly position: string } | undefined> {
    return (await this.#statements.run<{ seq: number; position: string }>('inbox_newest', [])).rows[0];
  }

  async seqOf(position: string): Promise<number | undefined> {
    return (await this.#statements.run<{ seq: number }>('inbox_seq_of', [position])).rows[0]?.seq;
  }

  async after(
    seq: number,
    most: number,
  ): Promise<readonly (StreamedEvent & { readonly owners: readonly string[] })[]> {
    return (
      await this.#statements.run<StreamedEvent & { owners: string[] } & Record<string, unknown>>(
        'inbox_after',
        [seq, most],
      )
    ).rows;
  }

  async ownAfter(owners: readonly string[], seq: number, most: number): Promise<readonly StreamedEvent[]> {
    const values = [owners, seq, most];
    return (await this.#statements.run<StreamedEvent & Record<string, unknown>>('inbox_own_after', values))
      .rows;
  }

  async claimDue(target: string, most: number): Promise<readonly Delivery[]> {
    const values = [this.#owner, target, most];
    return (await this.#statements.run<Delivery & Record<string, unknown>>('inbox_claim', values)).rows;
  }

  async settle(number: number, outcome: Delivered): Promise<void> {
    switch (outcome.kind) {
      case 'delivered':
        await this.#statements.run('inbox_delivered', [number, this.#times.eventsMs]);
        return;
      case 'again': {
        const { delayMs, reason } = outcome;
        await this.#statements.run('inbox_again', [number, this.#owner, Math.round(delayMs), reason]);
        return;
      }
      case 'dead':
        await this.#statements.run('inbox_dead', [
          number,
          this.#owner,
          outcome.reason,
          this.#times.unknownMs,
        ]);
        return;
      case 'released':
        await this.#statements.run('inbox_release', [number, this.#owner]);
    }
  }

  async list(state: DeliveryState | undefined, most: number): Promise<readonly ShownDelivery[]> {
    const { rows } = await this.#statements.run<Omit<ShownDelivery, 'reason'> & { reason: string | null }>(
      'inbox_list',
      [state ?? null, most],
    );
    return rows.map(({ reason, ...shown }) => ({ ...shown, ...(reason !== null && { reason }) }));
  }

  replay(number: number | undefined): Promise<number> {
    return this.#statements.changes('inbox_replay', [number ?? null]);
  }

  async sweep(most: number): Promise<number> {
    const events = await this.#statements.changes('inbox_sweep_events', [most]);
    return Math.max(events, await this.#statements.changes('inbox_sweep_deliveries', [most]));
  }
}
