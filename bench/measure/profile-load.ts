import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CpuProfile } from '../report/cpu-profile.ts';
import type { Scene } from '../scene/create-scene.ts';
import type { Load } from '../scene/load.ts';
import { startChild } from './child.ts';
import { pinCores } from './cores.ts';
import { drive } from './drive.ts';
import { requestsOf } from './requests.ts';

const WARM_UP_MS = 4000;

/** What a contender does under a load, at its most connections. */
export async function profileLoad(
  { folder, token }: Scene,
  load: Load,
  contender: string,
  seconds: number,
): Promise<CpuProfile> {
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
  const child = (await startChild(contender, JSON.stringify(assignment), { core: cores?.[1] }))!;
  const requests = requestsOf(load, token);
  const connections = Math.max(...load.connections);
  const ask = (milliseconds: number): Promise<unknown> =>
    drive({ port: child.port, requests, connections, milliseconds });
  await ask(WARM_UP_MS);
  const profile = await child.profile(() => ask(seconds * 1000));
  await Promise.all([child.stop(), backEnd.stop()]);
  return profile;
}
