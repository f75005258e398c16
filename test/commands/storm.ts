import { readScriptCall, refuseCall } from '../script-call.ts';
import { startPostgres } from '../services/postgres.ts';
import { runStorm } from './run-storm.ts';

const USAGE = `usage: npm run storm -- [options]

Transfers through facades that are killed, to a core that loses calls and answers. The exit code is 1 if one was lost or done twice.

  --transfers N             how many (default 10000)
  --store sqlite|postgres   where they are written down (default sqlite)
  --kill-every N            a facade is killed after so many transfers (default 250)
  --seed N                  repeats a run (default: another one each time)`;

const OPTIONS = {
  transfers: { type: 'string', default: '10000' },
  store: { type: 'string', default: 'sqlite' },
  'kill-every': { type: 'string', default: '250' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
} as const;
const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['transfers', 'kill-every', 'seed']);
if (positionals.length > 0) refuseCall(`"${positionals[0]}" is one argument too many`);
if (!['sqlite', 'postgres'].includes(values.store))
  refuseCall(`--store is sqlite or postgres, not "${values.store}"`);
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
