import { readScriptCall, refuseCall } from '../script-call.ts';
import { runHang } from './run-hang.ts';

const USAGE = `usage: npm run hang -- [options]

Two services behind one facade under steady load; one stops answering, and comes back. Prints figures in milliseconds. The exit code is 1
if the event loop of the facade was late by 50 ms (p99), or the service was not called again within a probe interval and a half.

  --seconds N      how long it works, and then hangs (default 10)
  --per-second N   requests to each service (default 100)`;

const { values, positionals } = readScriptCall(
  USAGE,
  { seconds: { type: 'string', default: '10' }, 'per-second': { type: 'string', default: '100' } },
  ['seconds', 'per-second'],
);
if (positionals.length > 0) refuseCall(`"${positionals[0]}" is one argument too many`);

const MOST_DELAY_MS = 50;

const figures = await runHang({ seconds: Number(values.seconds), perSecond: Number(values['per-second']) });
console.log(JSON.stringify(figures, undefined, 2));
if (figures.eventLoopP99 >= MOST_DELAY_MS || figures.backAfter > 1.5 * figures.probeInterval)
  process.exitCode = 1;
