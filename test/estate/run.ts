import { basename, resolve } from 'node:path';
import { readScriptCall, refuseCall } from '../script-call.ts';
import { serveAll } from './serve-all.ts';

const USAGE = `usage: npm run estate -- <wsdl>...

Calls every operation of each WSDL through facade and mock and back, and prints a table.`;

const { positionals } = readScriptCall(USAGE, {});
if (positionals.length === 0) refuseCall('a WSDL is missing');
let failures = 0;
console.log('| contract | operations | 2xx | seconds |\n|---|---|---|---|');
for (const wsdl of positionals) {
  const start = performance.now();
  const outcomes = await serveAll(resolve(wsdl));
  const failed = outcomes.filter((outcome) => outcome.problem !== undefined);
  failures += failed.length;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`| ${basename(wsdl)} | ${outcomes.length} | ${outcomes.length - failed.length} | ${seconds} |`);
  for (const { operation, route, status, problem } of failed)
    console.error(`${operation} ${route} ${status}: ${problem?.slice(0, 600)}`);
}
process.exitCode = failures === 0 ? 0 : 1;
