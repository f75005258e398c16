import type { Pool } from 'pg';
import type { BusEvent } from '../../../connectors/index.ts';
import type { StoreTimes } from '../command-store.ts';
import type { ClaimedEvent, NewEvent, OutboxDepth, OutboxStore, Published } from '../outbox-store.ts';
import { IS_CLAIMED } from './is-claimed.ts';
import { Statements, toBytea } from './statements.ts';

interface Row {
  readonly seq: number;
  readonly lane: string;
  readonly head: string;
  readonly data: Buffer;
  readonly attempts: number;
}

/** Any number, but always this one: two that claim at once would share out the events of one lane. */
const CLAIMING = 7_067_842;

/** The clock goes on within a statement: what it says is asked once, or of one lane the earlier event would still be claimed and the later one not. */
const SQL = {
  outbox_claim: `UPDATE portico_outbox SET claimed_by = $1 WHERE seq IN (
      SELECT seq FROM portico_outbox w WHERE published_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM portico_outbox b WHERE b.lane = w.lane AND b.published_at IS NULL AND (b.next_at > (SELECT portico_now()) OR ${IS_CLAIMED('b')}))
      ORDER BY seq LIMIT $2)
    RETURNING seq::float8 AS seq, lane, head, data, attempts`,
  outbox_settle: `WITH published AS (
      UPDATE portico_outbox SET published_at = portico_now(), claimed_by = NULL WHERE seq = ANY($2::bigint[])),
    refused AS (
      UPDATE portico_outbox o SET attempts = attempts + 1, next_at = portico_now() + r.delay, claimed_by = NULL
      FROM unnest($3::bigint[], $4::bigint[]) AS r (seq, delay) WHERE o.seq = r.seq AND o.claimed_by = $1)
    UPDATE portico_outbox SET claimed_by = NULL WHERE seq = ANY($5::bigint[]) AND claimed_by = $1`,
  outbox_depth: `SELECT count(*)::float8 AS waiting, coalesce(portico_now() - min(created_at), 0)::float8 AS "oldestMs"
    FROM portico_outbox WHERE published_at IS NULL`,
  outbox_sweep: `DELETE FROM portico_outbox WHERE seq IN (
    SELECT seq FROM portico_outbox WHERE published_at <= portico_now() - $1::bigint ORDER BY published_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
};

/** `statement`, which ends a command, and the event that goes with it: both or none. Its values come after the `taken` first. */
export function withEvent(statement: string, taken: number): string {
  return `WITH ended AS (${statement} RETURNING 1),
    told AS (INSERT INTO portico_outbox (lane, head, data, created_at)
      SELECT $${taken + 1}::text, $${taken + 2}::text, $${taken + 3}::bytea, portico_now() FROM ended)
    SELECT 1 FROM ended`;
}

export function valuesOf({ lane, event: { data, ...head } }: NewEvent): readonly unknown[] {
  return [lane, JSON.stringify(head), toBytea(data)];
}

/** The outbox in a PostgreSQL database. */
export class PostgresOutbox implements OutboxStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(pool: Pool, owner: string, times: StoreTimes) {
    this.#statements = new Statements(pool, SQL);
    this.#owner = owner;
    this.#times = times;
  }

  async claim(most: number): Promise<readonly ClaimedEvent[]> {
    const { rows } = await this.#statements.inTurn(CLAIMING, (run) =>
      run<Row>('outbox_claim', [this.#owner, most]),
    );
    return rows.sort((left, right) => left.seq - right.seq).map(toClaimed);
  }

  async settle({ published, refused, released }: Published): Promise<void> {
    await this.#statements.run('outbox_settle', [
      this.#owner,
      published,
      refused.map(({ seq }) => seq),
      refused.map(({ delayMs }) => Math.round(delayMs)),
      released,
    ]);
  }

  async depth(): Promise<OutboxDepth> {
    const { rows } = await this.#statements.run<OutboxDepth & Record<string, unknown>>('outbox_depth', []);
    const { waiting = 0, oldestMs = 0 } = rows[0] ?? {};
    return { waiting, oldestMs };
  }

  sweep(most: number): Promise<number> {
    return this.#statements.changes('outbox_sweep', [this.#times.eventsMs, most]);
  }
}

function toClaimed({ seq, lane, head, data, attempts }: Row): ClaimedEvent {
  return { seq, lane, attempts, event: { ...(JSON.parse(head) as Omit<BusEvent, 'data'>), data } };
}
