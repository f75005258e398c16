import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readScriptCall } from '../test/script-call.ts';
import { startChild } from './measure/child.ts';
import { pinCores } from './measure/cores.ts';
import { buildProgram } from './measure/program.ts';
import { drive } from './measure/drive.ts';
import { accountReply } from './scene/bank-messages.ts';
import { bankLoads } from './scene/bank-loads.ts';
import { createScene } from './scene/create-scene.ts';

const USAGE = `usage: node bench/soak.ts [options]

Many small calls with header fields and ids that never come again: memory has to stay flat.

  --calls N         (default 1000000)
  --minutes N       at most so long (default 60); what was done by then is told
  --cache-bytes N   kept answers fill this soon, so that only a leak can grow (default 1048576)`;

const OPTIONS = {
  calls: { type: 'string', default: '1000000' },
  minutes: { type: 'string', default: '60' },
  'cache-bytes': { type: 'string', default: '1048576' },
} as const;
const { values } = readScriptCall(USAGE, OPTIONS, ['calls', 'minutes', 'cache-bytes']);
const STEPS = 100;
const CONNECTIONS = 50;
/** Requests made in advance; each is used only a few times before others are made. */
const BATCH = 2000;

const calls = Number(values.calls);
const endsAt = Date.now() + Number(values.minutes) * 60_000;
const isOver = (): boolean => Date.now() >= endsAt;
const load = bankLoads[0]!;
buildProgram();
const scene = await createScene();
const cores = pinCores();
const reply = join(scene.folder, 'reply.xml');
await writeFile(reply, load.reply);
const backEnd = (await startChild('back-end', reply, { core: cores?.[0] }))!;
const { operation, action, envelope, soapInput } = load;
const assignment = {
  endpoint: `http://127.0.0.1:${backEnd.port}/bank`,
  folder: scene.folder,
  load: { operation, action, envelope, soapInput },
  hasBankRoutes: true,
  hasRecords: false,
  cacheBytes: Number(values['cache-bytes']),
};
const child = (await startChild('portico', JSON.stringify(assignment), { core: cores?.[1] }))!;

console.log(
  `${calls} calls of ${accountReply.length} bytes, since ${new Date().toISOString()}\n| calls | seconds | memory, MB | heap, MB | buffers, MB |\n|--:|--:|--:|--:|--:|`,
);
let done = 0;
const begun = performance.now();
for (let step = 1; step <= STEPS && !isOver(); step += 1) {
  while (done < (calls * step) / STEPS && !isOver()) done += await batch();
  const { rss, heap, buffers } = await child.collected();
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const sizes = [rss, heap, buffers].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  console.log(`| ${[done, seconds, ...sizes].join(' | ')} |`);
}
if (done < calls) console.log(`ended after ${values.minutes} minutes: ${done} of ${calls} calls`);
await Promise.all([child.stop(), backEnd.stop()]);
await scene.remove();

async function batch(): Promise<number> {
  const requests = Array.from({ length: BATCH }, (_, index) => request(done + index));
  const { latencies } = await drive({
    port: child.port,
    requests,
    connections: CONNECTIONS,
    milliseconds: 600_000,
    most: BATCH,
  });
  return latencies.length;
}

/** Every fourth read may be kept; ids, header names and values are new each time. */
function request(index: number): Buffer {
  const path = index % 4 === 0 ? 'cached' : 'accounts';
  const lines = [
    `GET /v1/${path}/acc-${index} HTTP/1.1`,
    'Host: bench',
    `Authorization: Bearer ${scene.token}`,
    `X-Request-Id: ${randomUUID()}`,
    `X-Random-${index}: ${randomUUID()}`,
    `User-Agent: soak/${index}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
}
