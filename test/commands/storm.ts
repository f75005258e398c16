import { parseArgs } from 'node:util';
import { startPostgres } from '../services/postgres.ts';
import { runStorm } from './run-storm.ts';

/** `npm run storm -- --transfers 10000 --store sqlite|postgres`: exit code 1 if a transfer was lost or done twice. */
const { values } = parseArgs({
  options: {
    transfers: { type: 'string', default: '10000' },
    store: { type: 'string', default: 'sqlite' },
    'kill-every': { type: 'string', default: '250' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const postgres = values.store === 'postgres' ? await startPostgres() : undefined;
if (typeof postgres === 'string') throw new Error(postgres);
try {
  const url = await postgres?.createDatabase();
  const result = await runStorm({
    transfers: Number(values.transfers),
    killEvery: Number(values['kill-every']),
    seed: Number(values.seed),
    ...(url !== undefined && { url }),
  });
  console.log(JSON.stringify({ store: values.store, seed: Number(values.seed), ...result }, undefined, 2));
  if (result.faults.length > 0) process.exitCode = 1;
} finally {
  await postgres?.stop();
}
