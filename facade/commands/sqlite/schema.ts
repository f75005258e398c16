import type { Migration } from '../migration.ts';

/** Times are milliseconds since the epoch, of the machine's clock. */
export const sqliteMigrations: readonly Migration[] = [
  {
    number: 1,
    sql: `
      CREATE TABLE portico_owners (
        id TEXT PRIMARY KEY,
        lease_until INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE portico_commands (
        id TEXT PRIMARY KEY,
        claim TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        operation TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('sent', 'answered', 'unknown')),
        owner TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        status INTEGER,
        content_type TEXT,
        body BLOB
      ) STRICT;
      CREATE INDEX portico_commands_expiry ON portico_commands (expires_at);`,
  },
];
