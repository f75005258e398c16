import { Session } from 'node:inspector/promises';
import type { CpuProfile } from '../report/cpu-profile.ts';

const INTERVAL_MICROSECONDS = 200;
const session = new Session();

export async function startProfile(): Promise<undefined> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
  await session.post('Profiler.start');
}

export async function stopProfile(): Promise<CpuProfile> {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile as CpuProfile;
}
