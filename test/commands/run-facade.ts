import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BankSettings } from './bank-config.ts';

export interface RunningFacade {
  readonly url: string;
  /** kill -9, and what is left of it. */
  kill(): Promise<void>;
  /** SIGTERM. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('facade-process.ts', import.meta.url));

/** Starts `facade-process.ts`. `configDir` holds the key of its tokens. */
export async function runFacade(configDir: string, settings: BankSettings): Promise<RunningFacade> {
  const child = spawn(process.execPath, [program, configDir, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error('the facade ended before it listened');
  });
  const [port] = (await Promise.race([once(createInterface(child.stdout), 'line'), failed])) as [string];
  failed.catch(() => undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
