import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { CommandStore, KeptAnswer, NewCommand, StoreTimes } from '../command-store.ts';
import type {
  Accepted,
  DeferredRecord,
  DeferredState,
  DeferredStore,
  NewDeferred,
  Resolution,
  TakenOperation,
} from '../deferred-store.ts';
import { toRecord, type OperationRow } from '../operation-row.ts';
import { Statements, toBytea, type Run } from './statements.ts';

interface TakenRow {
  readonly id: string;
  readonly command: string;
  readonly route: string;
  readonly content: Buffer;
  readonly tries: number;
  readonly is_given_up: boolean;
  readonly is_untouched: boolean;
}

const recordWith = (
  body: string,
): string => `SELECT o.id, o.service, o.name, o.route, o.caller, o.state, o.accepted_at::float8, o.give_up_at::float8,
    o.finished_at::float8, o.tries, o.reason, c.state = 'answered' AS is_answered, c.status, c.content_type, ${body} AS body
  FROM portico_operations o LEFT JOIN portico_commands c ON c.id = o.command`;

const SQL = {
  deferred_known: 'SELECT id FROM portico_operations WHERE command = $1 ORDER BY accepted_at DESC LIMIT 1',
  deferred_reserve: `INSERT INTO portico_commands AS c (id, claim, fingerprint, operation, state, owner, sent_at, expires_at)
    VALUES ($1, $2, $3, $4, 'deferred', $5, portico_now(), portico_now() + $6::bigint)
    ON CONFLICT (id) DO UPDATE SET claim = excluded.claim, fingerprint = excluded.fingerprint, operation = excluded.operation,
      state = 'deferred', owner = excluded.owner, sent_at = excluded.sent_at, expires_at = excluded.expires_at,
      status = NULL, content_type = NULL, body = NULL
    WHERE c.expires_at <= portico_now()`,
  deferred_insert: `INSERT INTO portico_operations
      (id, command, service, name, route, caller, state, claim, owner, content, accepted_at, due_at, give_up_at, tries)
    VALUES ($1, $2, $3, $4, $5, $6, 'accepted', '', '', $7, portico_now(), portico_now(), portico_now() + $8::bigint, 0)`,
  deferred_take: `WITH due AS (SELECT id FROM portico_operations o
      WHERE service = $1 AND state IN ('accepted', 'running', 'unsettled') AND due_at <= (SELECT portico_now())
        AND (state <> 'running' OR NOT EXISTS
          (SELECT 1 FROM portico_owners p WHERE p.id = o.owner AND p.lease_until > portico_now()))
      ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    UPDATE portico_operations o SET state = 'running', claim = $3, owner = $4, tries = o.tries + 1 FROM due WHERE o.id = due.id
    RETURNING o.id, o.command, o.route, o.content, o.tries, o.give_up_at <= portico_now() AS is_given_up,
      coalesce((SELECT c.state FROM portico_commands c WHERE c.id = o.command), 'deferred') = 'deferred' AS is_untouched`,
  deferred_postpone: `UPDATE portico_operations SET state = $3, due_at = portico_now() + $4::bigint, reason = $5
    WHERE id = $1 AND claim = $2 AND state = 'running'`,
  deferred_finish: `UPDATE portico_operations SET state = $3, reason = $4, finished_at = portico_now(), expires_at = portico_now() + $5::bigint,
      content = CASE WHEN $3 = 'unknown' THEN content END
    WHERE id = $1 AND claim = $2 AND state = 'running'`,
  deferred_answer: `UPDATE portico_commands SET state = 'answered', status = $2, content_type = $3, body = $4
    WHERE id = (SELECT command FROM portico_operations WHERE id = $1) AND state <> 'answered'`,
  deferred_keep: `UPDATE portico_commands SET expires_at = portico_now() + $2::bigint
    WHERE id = (SELECT command FROM portico_operations WHERE id = $1)`,
  deferred_find: `${recordWith('c.body')} WHERE o.id = $1 AND (o.expires_at IS NULL OR o.expires_at > portico_now())`,
  deferred_list: `${recordWith('NULL::bytea')} WHERE o.state = ANY($1) ORDER BY o.accepted_at DESC LIMIT $2`,
  deferred_content: 'SELECT content FROM portico_operations WHERE id = $1',
  deferred_cancel: `UPDATE portico_operations
    SET state = 'cancelled', finished_at = portico_now(), expires_at = portico_now() + $3::bigint, content = NULL
    WHERE id = $1 AND caller = $2 AND state = 'accepted'
      AND EXISTS (SELECT 1 FROM portico_commands c WHERE c.id = command AND c.state = 'deferred')`,
  deferred_sweep: `DELETE FROM portico_operations WHERE id IN
    (SELECT id FROM portico_operations WHERE expires_at <= portico_now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
  deferred_resolve: `UPDATE portico_operations
    SET state = $2, finished_at = portico_now(), expires_at = portico_now() + $3::bigint, content = NULL
    WHERE id = $1 AND state = 'unknown'`,
  deferred_retry: `UPDATE portico_operations SET state = 'accepted', due_at = portico_now(), give_up_at = portico_now() + $2::bigint,
      finished_at = NULL, expires_at = NULL
    WHERE id = $1 AND state = 'unknown'`,
  deferred_retry_command: `UPDATE portico_commands SET state = 'deferred', claim = $1, expires_at = portico_now() + $2::bigint
    WHERE id = (SELECT command FROM portico_operations WHERE id = $1) AND state <> 'answered'`,
};
type Name = keyof typeof SQL;

/** The operations of a PostgreSQL database. */
export class PostgresOperations implements DeferredStore {
  readonly #statements: Statements<Name>;
  readonly #commands: Pick<CommandStore, 'begin' | 'end'>;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(pool: Pool, commands: Pick<CommandStore, 'begin' | 'end'>, owner: string, times: StoreTimes) {
    this.#statements = new Statements(pool, SQL);
    this.#commands = commands;
    this.#owner = owner;
    this.#times = times;
  }

  async accept(command: NewCommand, operation: NewDeferred): Promise<Accepted> {
    for (;;) {
      if (await this.#insert(command, operation)) return { kind: 'accepted' };
      const begun = await this.#commands.begin(command);
      if (begun.kind === 'different') return begun;
      // Gone in between: it may be accepted.
      if (begun.kind === 'begun') await this.#commands.end(command.id, command.claim, { kind: 'released' });
      else return (await this.#known(command.id)) ?? begun;
    }
  }

  async take(service: string, most: number): Promise<readonly TakenOperation[]> {
    const claim = randomUUID();
    const { rows } = await this.#statements.run<TakenRow>('deferred_take', [
      service,
      most,
      claim,
      this.#owner,
    ]);
    return rows.map(({ is_given_up: isGivenUp, is_untouched: isUntouched, ...row }) => ({
      ...row,
      claim,
      isGivenUp,
      isUntouched,
    }));
  }

  async postpone(
    id: string,
    claim: string,
    state: 'accepted' | 'unsettled',
    delayMs: number,
    reason: string,
  ): Promise<boolean> {
    return (
      (await this.#statements.changes('deferred_postpone', [id, claim, state, Math.ceil(delayMs), reason])) >
      0
    );
  }

  finish(
    id: string,
    claim: string,
    state: 'succeeded' | 'failed' | 'unknown',
    reason?: string,
    answer?: KeptAnswer,
  ): Promise<boolean> {
    const keepMs = state === 'unknown' ? this.#times.unknownMs : this.#times.answeredMs;
    return this.#change('deferred_finish', [id, claim, state, reason ?? null, keepMs], async (run) => {
      await close(run, id, keepMs, answer);
    });
  }

  async find(id: string): Promise<DeferredRecord | undefined> {
    const [row] = (await this.#statements.run<OperationRow>('deferred_find', [id])).rows;
    return row && toRecord(row);
  }

  cancel(id: string, caller: string, answer: KeptAnswer): Promise<boolean> {
    const { answeredMs } = this.#times;
    return this.#change('deferred_cancel', [id, caller, answeredMs], async (run) => {
      await close(run, id, answeredMs, answer);
    });
  }

  async list(states: readonly DeferredState[], most: number): Promise<readonly DeferredRecord[]> {
    return (await this.#statements.run<OperationRow>('deferred_list', [states, most])).rows.map(toRecord);
  }

  async contentOf(id: string): Promise<Uint8Array | undefined> {
    const [row] = (await this.#statements.run<{ content: Buffer | null }>('deferred_content', [id])).rows;
    return row?.content ?? undefined;
  }

  resolve(id: string, resolution: Resolution): Promise<boolean> {
    const { answeredMs, unknownMs } = this.#times;
    if (resolution.kind === 'retry') {
      const { giveUpMs } = resolution;
      return this.#change('deferred_retry', [id, giveUpMs], async (run) => {
        await run('deferred_retry_command', [id, giveUpMs + unknownMs]);
      });
    }
    const { kind, answer } = resolution;
    return this.#change('deferred_resolve', [id, kind, answeredMs], async (run) => {
      await close(run, id, answeredMs, answer);
    });
  }

  sweep(most: number): Promise<number> {
    return this.#statements.changes('deferred_sweep', [most]);
  }

  #insert(
    { id, claim, fingerprint, operation: route }: NewCommand,
    operation: NewDeferred,
  ): Promise<boolean> {
    const { service, name, caller, content, giveUpMs } = operation;
    const expiresMs = giveUpMs + this.#times.unknownMs;
    return this.#change(
      'deferred_reserve',
      [id, claim, fingerprint, route, this.#owner, expiresMs],
      async (run) => {
        const values = [operation.id, id, service, name, route, caller, toBytea(content), giveUpMs];
        await run('deferred_insert', values);
      },
    );
  }

  async #known(command: string): Promise<Accepted | undefined> {
    const [row] = (await this.#statements.run<{ id: string }>('deferred_known', [command])).rows;
    return row && { kind: 'known', operation: row.id };
  }

  /** `name`, and where it changed something, what belongs to it. */
  #change(name: Name, values: readonly unknown[], then: (run: Run<Name>) => Promise<void>): Promise<boolean> {
    return this.#statements.together(async (run) => {
      const hasChanged = ((await run(name, values)).rowCount ?? 0) > 0;
      if (hasChanged) await then(run);
      return hasChanged;
    });
  }
}

async function close(run: Run<Name>, id: string, keepMs: number, answer?: KeptAnswer): Promise<void> {
  if (answer !== undefined) {
    const { status, contentType = null, body } = answer;
    await run('deferred_answer', [id, status, contentType, body ? toBytea(body) : null]);
  }
  await run('deferred_keep', [id, keepMs]);
}
