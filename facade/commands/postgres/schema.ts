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
  {
    number: 2,
    sql: `
      ALTER TABLE portico_commands DROP CONSTRAINT portico_commands_state_check;
      ALTER TABLE portico_commands ADD CONSTRAINT portico_commands_state_check
        CHECK (state IN ('deferred', 'sent', 'answered', 'unknown'));
      CREATE TABLE portico_operations (
        id text PRIMARY KEY,
        command text NOT NULL,
        service text NOT NULL,
        name text NOT NULL,
        route text NOT NULL,
        caller text NOT NULL,
        state text NOT NULL
          CHECK (state IN ('accepted', 'running', 'unsettled', 'succeeded', 'failed', 'unknown', 'cancelled')),
        claim text NOT NULL,
        owner text NOT NULL,
        content bytea,
        accepted_at bigint NOT NULL,
        due_at bigint NOT NULL,
        give_up_at bigint NOT NULL,
        finished_at bigint,
        expires_at bigint,
        tries integer NOT NULL,
        reason text
      );
      CREATE INDEX portico_operations_due ON portico_operations (service, due_at)
        WHERE state IN ('accepted', 'running', 'unsettled');
      CREATE INDEX portico_operations_command ON portico_operations (command);
      CREATE INDEX portico_operations_expiry ON portico_operations (expires_at) WHERE expires_at IS NOT NULL;`,
  },
  {
    number: 3,
    sql: `
      CREATE TABLE portico_outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        lane text NOT NULL,
        head text NOT NULL,
        data bytea NOT NULL,
        created_at bigint NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_at bigint NOT NULL DEFAULT 0,
        claimed_by text,
        published_at bigint
      );
      CREATE INDEX portico_outbox_waiting ON portico_outbox (seq) WHERE published_at IS NULL;
      CREATE INDEX portico_outbox_lanes ON portico_outbox (lane) WHERE published_at IS NULL;
      CREATE INDEX portico_outbox_published ON portico_outbox (published_at) WHERE published_at IS NOT NULL;
      CREATE TABLE portico_events (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        uid text NOT NULL UNIQUE,
        position text NOT NULL UNIQUE,
        event text NOT NULL,
        body bytea NOT NULL,
        expires_at bigint NOT NULL
      );
      CREATE INDEX portico_events_expiry ON portico_events (expires_at);
      CREATE TABLE portico_event_owners (
        owner text NOT NULL,
        seq bigint NOT NULL REFERENCES portico_events (seq) ON DELETE CASCADE,
        PRIMARY KEY (owner, seq)
      );
      CREATE INDEX portico_event_owners_events ON portico_event_owners (seq);
      CREATE TABLE portico_deliveries (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        target text NOT NULL,
        uid text NOT NULL,
        event text NOT NULL,
        body bytea NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
        attempts integer NOT NULL DEFAULT 0,
        created_at bigint NOT NULL,
        next_at bigint NOT NULL,
        claimed_by text,
        reason text,
        expires_at bigint
      );
      CREATE INDEX portico_deliveries_due ON portico_deliveries (target, next_at) WHERE state = 'waiting';
      CREATE INDEX portico_deliveries_expiry ON portico_deliveries (expires_at) WHERE expires_at IS NOT NULL;`,
  },
];
