import type { ClientBase } from 'pg';
import { CommandStoreError } from '../command-store.ts';
import { missingSteps } from '../migration.ts';
import { postgresMigrations } from './schema.ts';

/** Any number, but always this one: processes that start together take turns. */
const LOCK = 7_067_841;

/** Brings the schema up to date, all steps or none. @throws CommandStoreError if it is newer than this program. */
export async function migrate(client: ClientBase): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS portico_migrations (number integer PRIMARY KEY)');
    const { rows } = await client.query<{ applied: number }>(
      'SELECT coalesce(max(number), 0) AS applied FROM portico_migrations',
    );
    const steps = missingSteps(postgresMigrations, rows[0]?.applied ?? 0);
    if (typeof steps === 'string') throw new CommandStoreError('unusable', steps);
    for (const { number, sql } of steps) {
      await client.query(sql);
      await client.query('INSERT INTO portico_migrations VALUES ($1)', [number]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
