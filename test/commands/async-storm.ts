import { readScriptCall, refuseCall } from '../script-call.ts';
import { startPostgres } from '../services/postgres.ts';
import { runAsyncStorm } from './run-async-storm.ts';

const USAGE = `usage: npm run storm:async -- [options]

Commands answered 202 by two facades while the core is away; one facade is killed. The exit code is 1 if one was lost, done twice, or told of wrongly.

  --commands N              how many (default 5000)
  --down N                  seconds that the core is away (default 60)
  --store sqlite|postgres   where they are written down (default sqlite)`;

const OPTIONS = {
  commands: { type: 'string', default: '5000' },
  down: { type: 'string', default: '60' },
  store: { type: 'string', default: 'sqlite' },
} as const;
const { values, positionals } = readScriptCall(USAGE, OPTIONS, ['commands', 'down']);
if (positionals.length > 0) refuseCall(`"${positionals[0]}" is one argument too many`);
if (!['sqlite', 'postgres'].includes(values.store))
  refuseCall(`--store is sqlite or postgres, not "${values.store}"`);
const postgres = values.store === 'postgres' ? await startPostgres() : undefined;
if (typeof postgres === 'string') throw new Error(postgres);
try {
  const url = await postgres?.createDatabase();
  const result = await runAsyncStorm({
    commands: Number(values.commands),
    downSeconds: Number(values.down),
    ...(url !== undefined && { url }),
  });
  const { faults, ...figures } = result;
  const shown = { store: values.store, ...figures, faults: faults.length, first: faults.slice(0, 5) };
  console.log(JSON.stringify(shown, undefined, 2));
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await postgres?.stop();
}
