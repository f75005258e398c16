import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from './measure/statistics.ts';
import { bankConfig } from './scene/bank-config.ts';
import { createScene } from './scene/create-scene.ts';

/** Start of the built program (`npm run build` first) from stored contracts: time until it listens, memory when idle. */
const PROGRAM = fileURLToPath(new URL('../bin/portico.cjs', import.meta.url));
const ROUNDS = 5;
const IDLE_MS = 1500;

interface Start {
  readonly ms: number;
  /** CPU time, which a busy machine does not stretch as much. */
  readonly cpu: number;
  readonly megabytes: number;
}

console.log('| operations | until it listens, ms | CPU, ms | idle memory, MB |\n|--:|--:|--:|--:|');
for (const operations of [3, 1500, 5000]) {
  const starts: Start[] = [];
  const scene = await createScene({ idleOperations: operations - 3 });
  const endpoint = 'http://127.0.0.1:9/bank';
  const config = join(scene.folder, 'portico.yaml');
  await writeFile(config, bankConfig({ endpoint, hasBankRoutes: true, hasRecords: operations > 3 }));
  for (let round = 0; round < ROUNDS; round += 1) starts.push(await start(config));
  await scene.remove();
  const of = (name: keyof Start): string => median(starts.map((one) => one[name])).toFixed(0);
  console.log(`| ${operations} | ${of('ms')} | ${of('cpu')} | ${of('megabytes')} |`);
}

async function start(config: string): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--config', config, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ms = performance.now() - begun;
  const cpu = cpuOf(child.pid!);
  await wait(IDLE_MS);
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { ms, cpu, megabytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024 };
}

/** proc(5): user and system time are the fields 14 and 15 of stat, in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
