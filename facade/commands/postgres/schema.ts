import type { Migration } from '../migration.ts';

/** Times are milliseconds since the epoch, of the database's clock, whichever machine asks. */
export const postgresMigrations: readonly Migration[] = [
  {
    number: 1,
    sql: `
      CREATE FUNCTION portico_now() RETURNS bigint LANGUAGE sql VOLATILE AS
        $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;
      CREATE TABLE portico_owners (
        id text PRIMARY KEY,
        lease_until bigint NOT NULL
      );
      CREATE TABLE portico_commands (
        id text PRIMARY KEY,
        claim text NOT NULL,
        fingerprint text NOT NULL,
        operation text NOT NULL,
        state text NOT NULL CHECK (state IN ('sent', 'answered', 'unknown')),
        owner text NOT NULL,
        sent_at bigint NOT NULL,
        expires_at bigint NOT NULL,
        status integer,
        content_type text,
        body bytea
      );
      CREATE INDEX portico_commands_expiry ON portico_commands (expires_at);`,
  },
];
