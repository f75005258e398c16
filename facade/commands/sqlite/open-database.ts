import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { missingSteps } from '../migration.ts';
import { sqliteMigrations } from './schema.ts';

/** How long a process waits for its turn to write, where several share the file. */
const BUSY_MS = 5000;

/**
 * Opens the file, made with its folder if there is none, and brings its schema up to date. A commit is on the disk before it
 * returns (synchronous FULL). @throws Error
 */
export function openDatabase(path: string, busyMs: number = BUSY_MS): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const { user_version: applied } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    const steps = missingSteps(sqliteMigrations, applied);
    if (typeof steps === 'string') throw new Error(steps);
    for (const { number, sql } of steps) database.exec(`${sql} PRAGMA user_version = ${number};`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
