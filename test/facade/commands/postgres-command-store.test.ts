import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { CommandStore } from '../../../facade/commands/command-store.ts';
import { openPostgresCommandStore } from '../../../facade/commands/postgres/postgres-command-store.ts';
import { startPostgres, type Postgres } from '../../services/postgres.ts';
import { holdsOperations } from './deferred-suite.ts';
import { holdsEvents } from './event-stores-suite.ts';
import { holdsCommands, type Place } from './store-suite.ts';
import { skipBecause } from '../../services/skip-because.ts';

const times = { answeredMs: 60_000, unknownMs: 60_000, leaseMs: 60_000, eventsMs: 60_000 };
const open = (url: string): Promise<CommandStore> =>
  openPostgresCommandStore({ url, owner: randomUUID(), times });

describe('commands in PostgreSQL', function () {
  this.timeout(60_000);
  let postgres: Postgres;
  before(async function () {
    const started = await startPostgres();
    if (typeof started === 'string') {
      console.log(`      ${started}`);
      this.skip();
    }
    postgres = started;
  });
  after(() => (postgres as Postgres | undefined)?.stop());

  const createPlace = async (): Promise<Place> => {
    const url = await postgres.createDatabase();
    return {
      open: (given) => openPostgresCommandStore({ url, owner: randomUUID(), times: given }),
      free: async () => undefined,
    };
  };
  holdsCommands(createPlace);
  holdsOperations(createPlace);
  holdsEvents(createPlace);

  it('refuses a schema of a newer version, and leaves it alone', async () => {
    const url = await postgres.createDatabase();
    await (await open(url)).close();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('INSERT INTO portico_migrations VALUES (999)');
    await client.end();
    await assert.rejects(open(url), {
      name: 'CommandStoreError',
      code: 'unusable',
      message: /schema 999.*newer/,
    });
  });

  it('is unusable where there is no such database', async () => {
    const url = new URL(await postgres.createDatabase());
    url.pathname = '/there_is_none';
    await assert.rejects(open(url.href), { code: 'unusable' });
  });

  it('is unavailable while the server is away, loses nothing, and is available again', async function () {
    const { stopServer, startServer } = postgres;
    if (stopServer === undefined || startServer === undefined)
      return skipBecause(this, "the server is somebody else's: it is not stopped");
    const store = await open(await postgres.createDatabase());
    await store.beat();
    const command = { id: 'a', claim: 'b', fingerprint: 'c', operation: 'd' };
    assert.deepEqual(await store.begin(command), { kind: 'begun' });
    await stopServer();
    await assert.rejects(store.begin({ ...command, id: 'other' }), { code: 'unavailable' });
    await assert.rejects(store.beat(), { code: 'unavailable' });
    await startServer();
    assert.deepEqual(await store.begin({ ...command, claim: 'e' }), { kind: 'running' });
    assert.equal(await store.end('a', 'b', { kind: 'released' }), true);
    await store.close();
  });
});
