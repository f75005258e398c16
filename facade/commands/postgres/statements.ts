import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { CommandStoreError } from '../command-store.ts';

/** Runs one statement of a transaction. */
export type Run<Name extends string> = <Row extends QueryResultRow>(
  name: Name,
  values: readonly unknown[],
) => Promise<QueryResult<Row>>;

/** Statements by name, each prepared once for a connection. Every method @throws CommandStoreError. */
export class Statements<Name extends string> {
  readonly #pool: Pool;
  readonly #sql: Readonly<Record<Name, string>>;

  constructor(pool: Pool, sql: Readonly<Record<Name, string>>) {
    this.#pool = pool;
    this.#sql = sql;
  }

  /** One statement, a transaction of its own. */
  async run<Row extends QueryResultRow>(name: Name, values: readonly unknown[]): Promise<QueryResult<Row>> {
    try {
      return await this.#pool.query<Row>(this.#prepared(name, values));
    } catch (error) {
      throw storeError(error);
    }
  }

  /** How many rows it changed. */
  async changes(name: Name, values: readonly unknown[]): Promise<number> {
    return (await this.run(name, values)).rowCount ?? 0;
  }

  /** Several statements, all or none; of those with the same `lock` one after the other. */
  async together<Result>(work: (run: Run<Name>) => Promise<Result>, lock?: number): Promise<Result> {
    try {
      const client = await this.#pool.connect();
      return await this.#transaction(client, work, lock);
    } catch (error) {
      throw storeError(error);
    }
  }

  inTurn<Result>(lock: number, work: (run: Run<Name>) => Promise<Result>): Promise<Result> {
    return this.together(work, lock);
  }

  async #transaction<Result>(
    client: PoolClient,
    work: (run: Run<Name>) => Promise<Result>,
    lock: number | undefined,
  ): Promise<Result> {
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      if (lock !== undefined) await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
      const result = await work((name, values) => client.query(this.#prepared(name, values)));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((broken: unknown) => (failure = broken as Error));
      throw error;
    } finally {
      client.release(failure);
    }
  }

  #prepared(name: Name, values: readonly unknown[]): { name: string; text: string; values: unknown[] } {
    return { name: `portico_${name}`, text: this.#sql[name], values: [...values] };
  }
}

/** SQLSTATE classes that no waiting heals: invalid authorization, no such database, no right to make tables. */
const OPERATORS = /^(28|3D|42)/;

export function storeError(error: unknown): CommandStoreError {
  if (error instanceof CommandStoreError) return error;
  const { code = '', message } = error as Error & { readonly code?: string };
  const kind = OPERATORS.test(code) ? 'unusable' : 'unavailable';
  return new CommandStoreError(kind, `commands store in PostgreSQL: ${message || code}`, { cause: error });
}

/** What the driver writes as bytea. */
export function toBytea(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
