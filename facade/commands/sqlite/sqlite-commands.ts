import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { toAnswer, type AnswerRow } from '../answer-row.ts';
import type { Begun, Ending, NewCommand, StoreTimes } from '../command-store.ts';
import type { NewEvent } from '../outbox-store.ts';
import type { SqliteOutbox } from './sqlite-outbox.ts';
import { prepareAll } from './prepare-all.ts';

interface Row extends AnswerRow {
  readonly claim: string;
  readonly fingerprint: string;
  readonly state: 'deferred' | 'sent' | 'answered' | 'unknown';
  readonly sent_at: number;
  readonly is_alive: number;
}

const SQL = {
  find: `SELECT claim, fingerprint, state, sent_at, status, content_type, body,
      EXISTS (SELECT 1 FROM portico_owners o WHERE o.id = owner AND o.lease_until > :now) AS is_alive
    FROM portico_commands WHERE id = :id AND expires_at > :now`,
  insert: `INSERT OR REPLACE INTO portico_commands (id, claim, fingerprint, operation, state, owner, sent_at, expires_at)
    VALUES (:id, :claim, :fingerprint, :operation, 'sent', :owner, :now, :expires)`,
  resend: `UPDATE portico_commands SET claim = :next, state = 'sent', owner = :owner, sent_at = :now
    WHERE id = :id AND claim = :claim AND state IN ('unknown', 'deferred')`,
  defer: `UPDATE portico_commands SET state = 'deferred', claim = :operation WHERE id = :id AND claim = :claim AND state = 'sent'`,
  withdraw: `DELETE FROM portico_operations WHERE id = :claim AND command = :id AND state = 'accepted'`,
  answer: `UPDATE portico_commands SET state = 'answered', status = :status, content_type = :type, body = :body, expires_at = :expires
    WHERE id = :id AND claim = :claim AND state <> 'answered'`,
  release: `DELETE FROM portico_commands WHERE id = :id AND claim = :claim AND state <> 'answered'`,
  doubt: `UPDATE portico_commands SET state = 'unknown' WHERE id = :id AND claim = :claim AND state = 'sent'`,
  beat: `INSERT INTO portico_owners (id, lease_until) VALUES (:owner, :until)
    ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until`,
  sweep: `DELETE FROM portico_commands WHERE rowid IN
    (SELECT rowid FROM portico_commands WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)`,
  sweepOwners: 'DELETE FROM portico_owners WHERE lease_until < :now',
  leave: 'DELETE FROM portico_owners WHERE id = :owner',
};

/** The commands of one SQLite file. Every method runs within a transaction of the caller's. */
export class SqliteCommands {
  readonly #statements: Readonly<Record<keyof typeof SQL, StatementSync>>;
  readonly #owner: string;
  readonly #times: StoreTimes;
  readonly #outbox: Pick<SqliteOutbox, 'add'>;

  constructor(database: DatabaseSync, owner: string, times: StoreTimes, outbox: Pick<SqliteOutbox, 'add'>) {
    this.#statements = prepareAll(database, SQL);
    this.#owner = owner;
    this.#times = times;
    this.#outbox = outbox;
  }

  begin({ id, claim, fingerprint, operation }: NewCommand): Begun {
    const now = Date.now();
    const row = this.#statements.find.get({ id, now }) as Row | undefined;
    if (row !== undefined) return this.#found(id, row, fingerprint, now);
    const expires = now + this.#times.unknownMs;
    this.#statements.insert.run({ id, claim, fingerprint, operation, owner: this.#owner, now, expires });
    return { kind: 'begun' };
  }

  resend(id: string, claim: string, next: string): boolean {
    const { changes } = this.#statements.resend.run({ id, claim, next, owner: this.#owner, now: Date.now() });
    return changes > 0;
  }

  end(id: string, claim: string, ending: Ending, event?: NewEvent): boolean {
    const isEnded = this.#end(id, claim, ending);
    if (isEnded && event !== undefined) this.#outbox.add(event);
    return isEnded;
  }

  beat(): void {
    this.#statements.beat.run({ owner: this.#owner, until: Date.now() + this.#times.leaseMs });
  }

  sweep(most: number): number {
    const now = Date.now();
    this.#statements.sweepOwners.run({ now });
    return Number(this.#statements.sweep.run({ now, most }).changes);
  }

  leave(): void {
    this.#statements.leave.run({ owner: this.#owner });
  }

  #end(id: string, claim: string, ending: Ending): boolean {
    switch (ending.kind) {
      case 'answered': {
        const { status, contentType: type = null, body = null } = ending.answer;
        const expires = Date.now() + this.#times.answeredMs;
        return this.#statements.answer.run({ id, claim, status, type, body, expires }).changes > 0;
      }
      case 'deferred':
        return this.#statements.defer.run({ id, claim, operation: ending.operation }).changes > 0;
      case 'released':
        this.#statements.withdraw.run({ id, claim });
        return this.#statements.release.run({ id, claim }).changes > 0;
      case 'unknown':
        return this.#statements.doubt.run({ id, claim }).changes > 0;
    }
  }

  #found(id: string, row: Row, fingerprint: string, now: number): Begun {
    const { claim, state, sent_at } = row;
    if (row.fingerprint !== fingerprint) return { kind: 'different' };
    if (state === 'answered') return { kind: 'answered', answer: toAnswer(row) };
    if (state === 'deferred') return { kind: 'deferred', operation: claim };
    if (state === 'sent' && row.is_alive > 0) return { kind: 'running' };
    this.#statements.doubt.run({ id, claim });
    return { kind: 'unknown', claim, sentMsAgo: now - sent_at };
  }
}
