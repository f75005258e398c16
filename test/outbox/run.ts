import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../services/postgres.ts';
import { startRabbitMq } from '../services/rabbitmq.ts';
import { runOutbox } from './run-outbox.ts';

/** `npm run outbox -- --kills 1000 --store sqlite` (or `postgres`), on a real RabbitMQ. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    store: { type: 'string', default: 'sqlite' },
    'at-once': { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const rabbit = await startRabbitMq();
if (typeof rabbit === 'string') throw new Error(rabbit);
const postgres = values.store === 'postgres' ? await startPostgres() : undefined;
if (typeof postgres === 'string') throw new Error(postgres);
const folder = mkdtempSync(join(tmpdir(), 'portico-outbox-'));
const begun = performance.now();
try {
  const report = await runOutbox({
    kills: Number(values.kills),
    store: (await postgres?.createDatabase()) ?? join(folder, 'commands.sqlite'),
    broker: rabbit.url,
    seed: Number(values.seed),
    atOnce: Number(values['at-once']),
    compiled: join(folder, 'compiled'),
    onProgress: (kills) => {
      if (kills % 100 === 0) console.error(`${kills} killed`);
    },
  });
  const { lost, strange, changed, outOfOrder, written, published } = report;
  console.log({ seed: values.seed, store: values.store, ...report });
  console.log(`in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  if (lost + strange + changed + outOfOrder > 0 || published < written) process.exitCode = 1;
} finally {
  await rabbit.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
