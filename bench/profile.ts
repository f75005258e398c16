import { writeFile } from 'node:fs/promises';
import { readScriptCall, refuseCall } from '../test/script-call.ts';
import { profileLoad } from './measure/profile-load.ts';
import { buildProgram } from './measure/program.ts';
import { selfTimes, toFrames } from './report/cpu-profile.ts';
import { toFlameGraph } from './report/to-flame-graph.ts';
import { bankLoads } from './scene/bank-loads.ts';
import { createScene } from './scene/create-scene.ts';

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
buildProgram();
const scene = await createScene();
try {
  const root = toFrames(await profileLoad(scene, load, values.contender, Number(values.seconds)));
  for (const { name, part } of selfTimes(root).slice(0, Number(values.rows)))
    console.log(`${(part * 100).toFixed(1).padStart(5)} %  ${name}`);
  const title = `${values.contender}, ${load.title}, ${connections} connections`;
  if (values.svg !== undefined) await writeFile(values.svg, toFlameGraph(root, title));
} finally {
  await scene.remove();
}
