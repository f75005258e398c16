import { readScriptCall, refuseCall } from '../script-call.ts';
import { startPostgres } from '../services/postgres.ts';
import { startRabbitMq } from '../services/rabbitmq.ts';
import { runBusStorm } from './run-bus-storm.ts';

const USAGE = `usage: npm run storm:bus -- [options]

Commands over RabbitMQ, which is ended and started, on connections that are cut, through facades that are killed with -9. The exit
code is 1 if one was lost or done twice, or is neither done nor in the dead-letter queue with a reason.

  --commands N              how many (default 20000)
  --store sqlite|postgres   where they are written down (default sqlite)
  --kills N                 how often a facade is killed (default 10)
  --restarts N              how often the broker is ended and started (default 3)
  --cuts N                  how often all connections are cut (default 20)
  --seed N                  which facade is killed when (default: another each time)`;

const OPTIONS = {
  commands: { type: 'string', default: '20000' },
  store: { type: 'string', default: 'sqlite' },
  kills: { type: 'string', default: '10' },
  restarts: { type: 'string', default: '3' },
  cuts: { type: 'string', default: '20' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
} as const;
const { values, positionals } = readScriptCall(USAGE, OPTIONS, [
  'commands',
  'kills',
  'restarts',
  'cuts',
  'seed',
]);
if (positionals.length > 0) refuseCall(`"${positionals[0]}" is one argument too many`);
if (!['sqlite', 'postgres'].includes(values.store))
  refuseCall(`--store is sqlite or postgres, not "${values.store}"`);
const broker = await startRabbitMq();
if (typeof broker === 'string') throw new Error(broker);
if (broker.restart === undefined)
  throw new Error('the broker has to be one that the storm may end: unset PORTICO_TEST_AMQP_URL');
const postgres = values.store === 'postgres' ? await startPostgres() : undefined;
if (typeof postgres === 'string') throw new Error(postgres);
try {
  const url = await postgres?.createDatabase();
  const result = await runBusStorm({
    broker,
    commands: Number(values.commands),
    kills: Number(values.kills),
    restarts: Number(values.restarts),
    cuts: Number(values.cuts),
    seed: Number(values.seed),
    ...(url !== undefined && { url }),
  });
  console.log(JSON.stringify({ store: values.store, seed: Number(values.seed), ...result }, undefined, 2));
  if (result.faults.length > 0) process.exitCode = 1;
} finally {
  await postgres?.stop();
  await broker.stop();
}
