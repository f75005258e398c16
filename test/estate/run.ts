import { basename, resolve } from 'node:path';
import { serveAll } from './serve-all.ts';

/** `npm run estate -- <wsdl>...`: every operation of each WSDL, through facade and mock and back; a table. */
let failures = 0;
console.log('| contract | operations | 2xx | seconds |\n|---|---|---|---|');
for (const wsdl of process.argv.slice(2)) {
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
