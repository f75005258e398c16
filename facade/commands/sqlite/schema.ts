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
  {
    number: 2,
    sql: `
      ALTER TABLE portico_commands RENAME TO portico_commands_before;
      CREATE TABLE portico_commands (
        id TEXT PRIMARY KEY,
        claim TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        operation TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('deferred', 'sent', 'answered', 'unknown')),
        owner TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        status INTEGER,
        content_type TEXT,
        body BLOB
      ) STRICT;
      INSERT INTO portico_commands SELECT * FROM portico_commands_before;
      DROP TABLE portico_commands_before;
      CREATE INDEX portico_commands_expiry ON portico_commands (expires_at);
      CREATE TABLE portico_operations (
        id TEXT PRIMARY KEY,
        command TEXT NOT NULL,
        service TEXT NOT NULL,
        name TEXT NOT NULL,
        route TEXT NOT NULL,
        caller TEXT NOT NULL,
        state TEXT NOT NULL
          CHECK (state IN ('accepted', 'running', 'unsettled', 'succeeded', 'failed', 'unknown', 'cancelled')),
        claim TEXT NOT NULL,
        owner TEXT NOT NULL,
        content BLOB,
        accepted_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        give_up_at INTEGER NOT NULL,
        finished_at INTEGER,
        expires_at INTEGER,
        tries INTEGER NOT NULL,
        reason TEXT
      ) STRICT;
      CREATE INDEX portico_operations_due ON portico_operations (service, due_at)
        WHERE state IN ('accepted', 'running', 'unsettled');
      CREATE INDEX portico_operations_command ON portico_operations (command);
      CREATE INDEX portico_operations_expiry ON portico_operations (expires_at) WHERE expires_at IS NOT NULL;`,
  },
  {
    number: 3,
    sql: `
      CREATE TABLE portico_outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        lane TEXT NOT NULL,
        head TEXT NOT NULL,
        data BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL DEFAULT 0,
        claimed_by TEXT,
        published_at INTEGER
      ) STRICT;
      CREATE INDEX portico_outbox_waiting ON portico_outbox (seq) WHERE published_at IS NULL;
      CREATE INDEX portico_outbox_lanes ON portico_outbox (lane) WHERE published_at IS NULL;
      CREATE INDEX portico_outbox_published ON portico_outbox (published_at) WHERE published_at IS NOT NULL;
      CREATE TABLE portico_events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        position TEXT NOT NULL UNIQUE,
        event TEXT NOT NULL,
        body BLOB NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX portico_events_expiry ON portico_events (expires_at);
      CREATE TABLE portico_event_owners (
        owner TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES portico_events (seq) ON DELETE CASCADE,
        PRIMARY KEY (owner, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX portico_event_owners_events ON portico_event_owners (seq);
      CREATE TABLE portico_deliveries (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        target TEXT NOT NULL,
        uid TEXT NOT NULL,
        event TEXT NOT NULL,
        body BLOB NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
        attempts INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        next_at INTEGER NOT NULL,
        claimed_by TEXT,
        reason TEXT,
        expires_at INTEGER
      ) STRICT;
      CREATE INDEX portico_deliveries_due ON portico_deliveries (target, next_at) WHERE state = 'waiting';
      CREATE INDEX portico_deliveries_expiry ON portico_deliveries (expires_at) WHERE expires_at IS NOT NULL;`,
  },
];
