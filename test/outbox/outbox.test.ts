import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../services/postgres.ts';
import { startRabbitMq, type RabbitMq } from '../services/rabbitmq.ts';
import { skipBecause } from '../services/skip-because.ts';
import { runOutbox, type OutboxReport } from './run-outbox.ts';

const KILLS = 8;

describe('events of processes that are killed before they have published them', function () {
  this.timeout(120_000);
  let rabbit: RabbitMq;
  before(async function () {
    const started = await startRabbitMq();
    if (typeof started === 'string') return skipBecause(this, started);
    rabbit = started;
  });
  after(() => (rabbit as RabbitMq | undefined)?.stop());

  const assertAllCame = (report: OutboxReport): void => {
    const { killed, written, published, heard, lanes, lost, strange, changed, outOfOrder } = report;
    assert.deepEqual(
      { lost, strange, changed, outOfOrder },
      { lost: 0, strange: 0, changed: 0, outOfOrder: 0 },
    );
    assert.equal(killed.beforePublishing + killed.afterPublishing, KILLS);
    assert.ok(written >= KILLS * 5 && published === written);
    assert.ok(heard >= written && lanes > 1);
  };

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-outbox-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const run = async (store: string, seed: number): Promise<void> => {
    const compiled = join(folder, 'compiled');
    assertAllCame(await runOutbox({ kills: KILLS, store, broker: rabbit.url, seed, compiled }));
  };

  it('are all published, with their ids, in the order of their keys: SQLite', () =>
    run(join(folder, 'commands.sqlite'), 7));

  it('are all published, with their ids, in the order of their keys: PostgreSQL', async function () {
    const postgres = await startPostgres();
    if (typeof postgres === 'string') return skipBecause(this, postgres);
    try {
      await run(await postgres.createDatabase(), 11);
    } finally {
      await postgres.stop();
    }
  });
});
