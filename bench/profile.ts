import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readScriptCall, refuseCall } from '../test/script-call.ts';
import { startChild } from './measure/child.ts';
import { pinCores } from './measure/cores.ts';
import { drive } from './measure/drive.ts';
import { requestsOf } from './measure/requests.ts';
import { selfTimes, toFrames, type CpuProfile } from './report/cpu-profile.ts';
import { toFlameGraph } from './report/to-flame-graph.ts';
import { bankLoads } from './scene/bank-loads.ts';
import { createScene, type Scene } from './scene/create-scene.ts';

const WARM_UP_MS = 2000;
const USAGE = `usage: node bench/profile.ts [options]

  --load A        (default account)
  --contender A   (default portico)
  --seconds N     how long (default 6)
  --rows N        of the table (default 25)
  --svg FILE      also draws a flame graph`;

const OPTIONS = {
  load: { type: 'string', default: 'account' },
  contender: { type: 'string', default: 'portico' },
  seconds: { type: 'string', default: '6' },
  rows: { type: 'string', default: '25' },
  svg: { type: 'string' },
} as const;
const { values } = readScriptCall(USAGE, OPTIONS, ['seconds', 'rows']);
const load =
  bankLoads.find(({ name }) => name === values.load) ?? refuseCall(`there is no load "${values.load}"`);
const connections = Math.max(...load.connections);
const scene = await createScene();
try {
  const root = toFrames(await record(scene));
  for (const { name, part } of selfTimes(root).slice(0, Number(values.rows)))
    console.log(`${(part * 100).toFixed(1).padStart(5)} %  ${name}`);
  const title = `${values.contender}, ${load.title}, ${connections} connections`;
  if (values.svg !== undefined) await writeFile(values.svg, toFlameGraph(root, title));
} finally {
  await scene.remove();
}

async function record({ folder, token }: Scene): Promise<CpuProfile> {
  const cores = pinCores();
  const reply = join(folder, 'reply.xml');
  await writeFile(reply, load.reply);
  const backEnd = (await startChild('back-end', reply, { core: cores?.[0] }))!;
  const { operation, action, envelope, soapInput } = load;
  const assignment = {
    endpoint: `http://127.0.0.1:${backEnd.port}/bank`,
    folder,
    load: { operation, action, envelope, soapInput },
    hasBankRoutes: true,
    hasRecords: false,
  };
  const child = (await startChild(values.contender, JSON.stringify(assignment), { core: cores?.[1] }))!;
  const requests = requestsOf(load, token);
  const ask = (milliseconds: number): Promise<unknown> =>
    drive({ port: child.port, requests, connections, milliseconds });
  await ask(WARM_UP_MS);
  const profile = await child.profile(() => ask(Number(values.seconds) * 1000));
  await Promise.all([child.stop(), backEnd.stop()]);
  return profile;
}
