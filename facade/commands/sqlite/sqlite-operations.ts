import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KeptAnswer, NewCommand, StoreTimes } from '../command-store.ts';
import type {
  Accepted,
  DeferredRecord,
  DeferredState,
  NewDeferred,
  Resolution,
  TakenOperation,
} from '../deferred-store.ts';
import { toRecord, type OperationRow } from '../operation-row.ts';
import type { SqliteCommands } from './sqlite-commands.ts';
import { prepareAll } from './prepare-all.ts';

interface TakenRow {
  readonly id: string;
  readonly command: string;
  readonly route: string;
  readonly content: Uint8Array;
  readonly tries: number;
  readonly give_up_at: number;
  readonly command_state: string | null;
}

const recordWith = (
  body: string,
): string => `SELECT o.id, o.service, o.name, o.route, o.caller, o.state, o.accepted_at, o.give_up_at, o.finished_at, o.tries, o.reason,
    c.state IS 'answered' AS is_answered, c.status, c.content_type, ${body} AS body
  FROM portico_operations o LEFT JOIN portico_commands c ON c.id = o.command`;

const SQL = {
  ofCommand: 'SELECT id FROM portico_operations WHERE command = :id ORDER BY accepted_at DESC LIMIT 1',
  reserve: `UPDATE portico_commands SET state = 'deferred', expires_at = :expires WHERE id = :id`,
  insert: `INSERT INTO portico_operations (id, command, service, name, route, caller, state, claim, owner, content, accepted_at, due_at, give_up_at, tries)
    VALUES (:id, :command, :service, :name, :route, :caller, 'accepted', '', '', :content, :now, :now, :giveUp, 0)`,
  take: `UPDATE portico_operations SET state = 'running', claim = :claim, owner = :owner, tries = tries + 1
    WHERE rowid IN (SELECT rowid FROM portico_operations
      WHERE service = :service AND state IN ('accepted', 'running', 'unsettled') AND due_at <= :now
        AND (state <> 'running' OR NOT EXISTS (SELECT 1 FROM portico_owners o WHERE o.id = owner AND o.lease_until > :now))
      ORDER BY due_at LIMIT :most)
    RETURNING id, command, route, content, tries, give_up_at,
      (SELECT c.state FROM portico_commands c WHERE c.id = command) AS command_state`,
  postpone: `UPDATE portico_operations SET state = :state, due_at = :due, reason = :reason
    WHERE id = :id AND claim = :claim AND state = 'running'`,
  finish: `UPDATE portico_operations SET state = :state, reason = :reason, finished_at = :now, expires_at = :expires,
      content = CASE :state WHEN 'unknown' THEN content END
    WHERE id = :id AND claim = :claim AND state = 'running'`,
  answer: `UPDATE portico_commands SET state = 'answered', status = :status, content_type = :type, body = :body
    WHERE id = (SELECT command FROM portico_operations WHERE id = :id) AND state <> 'answered'`,
  keepCommand: `UPDATE portico_commands SET expires_at = :expires
    WHERE id = (SELECT command FROM portico_operations WHERE id = :id)`,
  find: `${recordWith('c.body')} WHERE o.id = :id AND (o.expires_at IS NULL OR o.expires_at > :now)`,
  list: `${recordWith('NULL')} WHERE o.state IN (SELECT value FROM json_each(:states)) ORDER BY o.accepted_at DESC LIMIT :most`,
  content: 'SELECT content FROM portico_operations WHERE id = :id',
  cancel: `UPDATE portico_operations SET state = 'cancelled', finished_at = :now, expires_at = :expires, content = NULL
    WHERE id = :id AND caller = :caller AND state = 'accepted'
      AND EXISTS (SELECT 1 FROM portico_commands c WHERE c.id = command AND c.state = 'deferred')`,
  sweep: `DELETE FROM portico_operations WHERE rowid IN
    (SELECT rowid FROM portico_operations WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)`,
  resolve: `UPDATE portico_operations SET state = :state, finished_at = :now, expires_at = :expires, content = NULL
    WHERE id = :id AND state = 'unknown'`,
  retry: `UPDATE portico_operations SET state = 'accepted', due_at = :now, give_up_at = :giveUp, finished_at = NULL, expires_at = NULL
    WHERE id = :id AND state = 'unknown'`,
  retryCommand: `UPDATE portico_commands SET state = 'deferred', claim = :id, expires_at = :expires
    WHERE id = (SELECT command FROM portico_operations WHERE id = :id) AND state <> 'answered'`,
};

/** The operations of one SQLite file. Every method runs within a transaction of the caller's. */
export class SqliteOperations {
  readonly #statements: Readonly<Record<keyof typeof SQL, StatementSync>>;
  readonly #commands: SqliteCommands;
  readonly #owner: string;
  readonly #times: StoreTimes;

  constructor(database: DatabaseSync, commands: SqliteCommands, owner: string, times: StoreTimes) {
    this.#statements = prepareAll(database, SQL);
    this.#commands = commands;
    this.#owner = owner;
    this.#times = times;
  }

  accept(command: NewCommand, { giveUpMs, ...operation }: NewDeferred): Accepted {
    const begun = this.#commands.begin(command);
    if (begun.kind === 'different') return begun;
    if (begun.kind !== 'begun') {
      const known = this.#statements.ofCommand.get({ id: command.id }) as { id: string } | undefined;
      return known === undefined ? begun : { kind: 'known', operation: known.id };
    }
    const now = Date.now();
    const giveUp = now + giveUpMs;
    this.#statements.reserve.run({ id: command.id, expires: giveUp + this.#times.unknownMs });
    this.#statements.insert.run({
      ...operation,
      command: command.id,
      route: command.operation,
      now,
      giveUp,
    });
    return { kind: 'accepted' };
  }

  take(service: string, most: number): readonly TakenOperation[] {
    const now = Date.now();
    const claim = randomUUID();
    const rows = this.#statements.take.all({ service, most, now, claim, owner: this.#owner });
    return (rows as unknown as TakenRow[]).map(({ give_up_at, command_state, ...row }) => ({
      ...row,
      claim,
      isGivenUp: give_up_at <= now,
      isUntouched: command_state === null || command_state === 'deferred',
    }));
  }

  postpone(
    id: string,
    claim: string,
    state: 'accepted' | 'unsettled',
    delayMs: number,
    reason: string,
  ): boolean {
    const due = Date.now() + Math.ceil(delayMs);
    return this.#statements.postpone.run({ id, claim, state, due, reason }).changes > 0;
  }

  finish(
    id: string,
    claim: string,
    state: 'succeeded' | 'failed' | 'unknown',
    reason?: string,
    answer?: KeptAnswer,
  ): boolean {
    const now = Date.now();
    const expires = now + (state === 'unknown' ? this.#times.unknownMs : this.#times.answeredMs);
    const end = { id, claim, state, reason: reason ?? null, now, expires };
    if (this.#statements.finish.run(end).changes === 0) return false;
    if (answer !== undefined) this.#answer(id, answer);
    this.#statements.keepCommand.run({ id, expires });
    return true;
  }

  find(id: string): DeferredRecord | undefined {
    const row = this.#statements.find.get({ id, now: Date.now() }) as unknown as OperationRow | undefined;
    return row && toRecord(row);
  }

  cancel(id: string, caller: string, answer: KeptAnswer): boolean {
    const now = Date.now();
    const expires = now + this.#times.answeredMs;
    if (this.#statements.cancel.run({ id, caller, now, expires }).changes === 0) return false;
    this.#answer(id, answer);
    this.#statements.keepCommand.run({ id, expires });
    return true;
  }

  list(states: readonly DeferredState[], most: number): readonly DeferredRecord[] {
    const rows = this.#statements.list.all({ states: JSON.stringify(states), most });
    return (rows as unknown as OperationRow[]).map(toRecord);
  }

  contentOf(id: string): Uint8Array | undefined {
    const row = this.#statements.content.get({ id }) as { content: Uint8Array | null } | undefined;
    return row?.content ?? undefined;
  }

  resolve(id: string, resolution: Resolution): boolean {
    const now = Date.now();
    if (resolution.kind === 'retry') {
      const giveUp = now + resolution.giveUpMs;
      if (this.#statements.retry.run({ id, now, giveUp }).changes === 0) return false;
      this.#statements.retryCommand.run({ id, expires: giveUp + this.#times.unknownMs });
      return true;
    }
    const expires = now + this.#times.answeredMs;
    const { kind: state, answer } = resolution;
    if (this.#statements.resolve.run({ id, state, now, expires }).changes === 0) return false;
    this.#answer(id, answer);
    this.#statements.keepCommand.run({ id, expires });
    return true;
  }

  sweep(most: number): number {
    return Number(this.#statements.sweep.run({ now: Date.now(), most }).changes);
  }

  #answer(id: string, { status, contentType, body }: KeptAnswer): void {
    this.#statements.answer.run({ id, status, type: contentType ?? null, body: body ?? null });
  }
}
