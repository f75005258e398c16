import { Pool } from 'pg';
import { toAnswer, type AnswerRow } from '../answer-row.ts';
import type { Begun, CommandStore, Ending, NewCommand, StoreTimes } from '../command-store.ts';
import type { DeferredStore } from '../deferred-store.ts';
import type { InboxStore } from '../inbox-store.ts';
import type { NewEvent, OutboxStore } from '../outbox-store.ts';
import { migrate } from './migrate.ts';
import { PostgresInbox } from './postgres-inbox.ts';
import { PostgresOperations } from './postgres-operations.ts';
import { PostgresOutbox, valuesOf, withEvent } from './postgres-outbox.ts';
import { Statements, storeError, toBytea } from './statements.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:secret@host:5432/database`, with `sslmode` and the like. */
  readonly url: string;
  /** Names this process among those that share the database. */
  readonly owner: string;
  readonly times: StoreTimes;
  /** Called for a connection that broke while nobody used it. */
  readonly onIdleError?: (error: Error) => void;
}

interface Row extends AnswerRow {
  readonly claim: string;
  readonly fingerprint: string;
  readonly state: 'deferred' | 'sent' | 'answered' | 'unknown';
  readonly sent_ms_ago: number;
  readonly is_alive: boolean;
}

const CONNECTIONS = 10;
const CONNECT_MS = 3000;
const QUERY_MS = 5000;

const ENDINGS = {
  answer: `UPDATE portico_commands SET state = 'answered', status = $3, content_type = $4, body = $5, expires_at = portico_now() + $6::bigint
    WHERE id = $1 AND claim = $2 AND state <> 'answered'`,
  release: `DELETE FROM portico_commands WHERE id = $1 AND claim = $2 AND state <> 'answered'`,
  defer: `UPDATE portico_commands SET state = 'deferred', claim = $3 WHERE id = $1 AND claim = $2 AND state = 'sent'`,
  doubt: `UPDATE portico_commands SET state = 'unknown' WHERE id = $1 AND claim = $2 AND state = 'sent'`,
};

const SQL = {
  ...ENDINGS,
  answer_and_tell: withEvent(ENDINGS.answer, 6),
  release_and_tell: withEvent(ENDINGS.release, 2),
  defer_and_tell: withEvent(ENDINGS.defer, 3),
  doubt_and_tell: withEvent(ENDINGS.doubt, 2),
  withdraw: `DELETE FROM portico_operations WHERE id = $2 AND command = $1 AND state = 'accepted'`,
  begin: `INSERT INTO portico_commands AS c (id, claim, fingerprint, operation, state, owner, sent_at, expires_at)
    VALUES ($1, $2, $3, $4, 'sent', $5, portico_now(), portico_now() + $6::bigint)
    ON CONFLICT (id) DO UPDATE SET claim = excluded.claim, fingerprint = excluded.fingerprint, operation = excluded.operation,
      state = 'sent', owner = excluded.owner, sent_at = excluded.sent_at, expires_at = excluded.expires_at,
      status = NULL, content_type = NULL, body = NULL
    WHERE c.expires_at <= portico_now()`,
  find: `SELECT claim, fingerprint, state, (portico_now() - sent_at)::float8 AS sent_ms_ago, status, content_type, body,
      EXISTS (SELECT 1 FROM portico_owners o WHERE o.id = c.owner AND o.lease_until > portico_now()) AS is_alive
    FROM portico_commands c WHERE id = $1`,
  resend: `UPDATE portico_commands SET claim = $3, state = 'sent', owner = $4, sent_at = portico_now()
    WHERE id = $1 AND claim = $2 AND state IN ('unknown', 'deferred')`,
  beat: `INSERT INTO portico_owners (id, lease_until) VALUES ($1, portico_now() + $2::bigint)
    ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until`,
  sweep: `DELETE FROM portico_commands WHERE id IN
    (SELECT id FROM portico_commands WHERE expires_at <= portico_now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
  sweepOwners: 'DELETE FROM portico_owners WHERE lease_until < portico_now()',
  leave: 'DELETE FROM portico_owners WHERE id = $1',
};

/** Commands in a PostgreSQL database, which processes of many machines share. @throws CommandStoreError */
export async function openPostgresCommandStore(options: PostgresStoreOptions): Promise<CommandStore> {
  const pool = new Pool({
    connectionString: options.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    // What was told to a client must survive, whatever the database's default is.
    options: '-c synchronous_commit=on',
    application_name: 'portico',
    allowExitOnIdle: true,
  });
  pool.on('error', options.onIdleError ?? (() => undefined));
  try {
    const client = await pool.connect();
    try {
      await migrate(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw storeError(error);
  }
  return new PostgresCommandStore(pool, options.owner, options.times);
}

class PostgresCommandStore implements CommandStore {
  readonly deferred: DeferredStore;
  readonly outbox: OutboxStore;
  readonly inbox: InboxStore;
  readonly #pool: Pool;
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(pool: Pool, owner: string, times: StoreTimes) {
    this.deferred = new PostgresOperations(pool, this, owner, times);
    this.outbox = new PostgresOutbox(pool, owner, times);
    this.inbox = new PostgresInbox(pool, owner, times);
    this.#pool = pool;
    this.#statements = new Statements(pool, SQL);
    this.#owner = owner;
    this.#times = times;
  }

  async begin({ id, claim, fingerprint, operation }: NewCommand): Promise<Begun> {
    for (;;) {
      const values = [id, claim, fingerprint, operation, this.#owner, this.#times.unknownMs];
      if ((await this.#statements.changes('begin', values)) > 0) return { kind: 'begun' };
      const [row] = (await this.#statements.run<Row>('find', [id])).rows;
      // Gone in between: it was released, and may be begun.
      if (row !== undefined) return this.#found(id, row, fingerprint);
    }
  }

  async resend(id: string, claim: string, next: string): Promise<boolean> {
    return (await this.#statements.changes('resend', [id, claim, next, this.#owner])) > 0;
  }

  async end(id: string, claim: string, ending: Ending, event?: NewEvent): Promise<boolean> {
    if (ending.kind === 'released') await this.#statements.run('withdraw', [id, claim]);
    const [name, ...values] = this.#statementOf(ending);
    const changes =
      event === undefined
        ? this.#statements.changes(name, [id, claim, ...values])
        : this.#statements.changes(`${name}_and_tell`, [id, claim, ...values, ...valuesOf(event)]);
    return (await changes) > 0;
  }

  async beat(): Promise<void> {
    await this.#statements.run('beat', [this.#owner, this.#times.leaseMs]);
  }

  async sweep(most: number): Promise<number> {
    await this.#statements.run('sweepOwners', []);
    return this.#statements.changes('sweep', [most]);
  }

  async close(): Promise<void> {
    await this.#statements.run('leave', [this.#owner]).catch(() => undefined);
    await this.#pool.end();
  }

  #statementOf(ending: Ending): readonly [name: keyof typeof ENDINGS, ...values: unknown[]] {
    switch (ending.kind) {
      case 'answered': {
        const { status, contentType = null, body } = ending.answer;
        const bytes = body === undefined ? null : toBytea(body);
        return ['answer', status, contentType, bytes, this.#times.answeredMs];
      }
      case 'deferred':
        return ['defer', ending.operation];
      case 'released':
        return ['release'];
      case 'unknown':
        return ['doubt'];
    }
  }

  async #found(id: string, row: Row, fingerprint: string): Promise<Begun> {
    const { claim, state, is_alive, sent_ms_ago: sentMsAgo } = row;
    if (row.fingerprint !== fingerprint) return { kind: 'different' };
    if (state === 'answered') return { kind: 'answered', answer: toAnswer(row) };
    if (state === 'deferred') return { kind: 'deferred', operation: claim };
    if (state === 'sent' && is_alive) return { kind: 'running' };
    if (state === 'sent') await this.#statements.run('doubt', [id, claim]);
    return { kind: 'unknown', claim, sentMsAgo };
  }
}
