import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Puts this process on processor 0 and keeps processor 1 for the contenders; undefined where the system has no taskset, or
 * only one processor.
 */
export function pinCores(): readonly [here: number, contenders: number] | undefined {
  if (availableParallelism() < 2) return undefined;
  try {
    execFileSync('taskset', ['-a', '-c', '-p', '0', String(process.pid)], { stdio: 'ignore' });
    return [0, 1];
  } catch {
    return undefined;
  }
}
