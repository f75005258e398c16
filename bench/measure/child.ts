import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CpuProfile } from '../report/cpu-profile.ts';
import { programFlags } from './program.ts';
import type { Message, Question, Usage } from '../contenders/assignment.ts';

/** A contender or the back end: a process of its own, listening. */
export interface Child {
  readonly name: string;
  readonly port: number;
  usage(): Promise<Usage>;
  /** As `usage`, after a full collection of garbage. */
  collected(): Promise<Usage>;
  /** Most memory since the last call, in bytes; where /proc does not tell, the present one. */
  takePeak(): Promise<number>;
  /** Profiles it while `work` goes on. */
  profile(work: () => Promise<unknown>): Promise<CpuProfile>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** The only processor it may run on, where the system can do that. */
  readonly core?: number | undefined;
}

/** Starts `contenders/<name>.ts`. @returns undefined if it ends before it listens; what it wrote is on standard error. */
export async function startChild(
  name: string,
  argument: string,
  { core }: ChildOptions = {},
): Promise<Child | undefined> {
  const file = fileURLToPath(new URL(`../contenders/${name}.ts`, import.meta.url));
  const flags = name.startsWith('portico') ? [...programFlags, '--expose-gc'] : ['--expose-gc'];
  const command = [process.execPath, ...flags, file, argument];
  const [program, ...rest] = core === undefined ? command : ['taskset', '-c', String(core), ...command];
  // The log of a contender is written, to nowhere.
  const stdio: StdioOptions = ['ignore', 'ignore', name.includes('strong') ? 'ignore' : 'inherit', 'ipc'];
  const process_ = spawn(program!, rest, { stdio });
  const first = (await Promise.race([once(process_, 'message'), once(process_, 'exit')])) as [
    Message | number,
  ];
  if (typeof first[0] !== 'object' || !('port' in first[0])) return undefined;
  return childOf(name, process_, first[0].port);
}

function childOf(name: string, child: ChildProcess, port: number): Child {
  const ask = async <Answer>(question: Question): Promise<Answer> => {
    const answered = once(child, 'message');
    child.send(question);
    return ((await answered) as [Answer])[0];
  };
  return {
    name,
    port,
    usage: () => ask('usage'),
    collected: () => ask('collect'),
    takePeak: async () => peakOf(child.pid!) ?? (await ask<Usage>('usage')).rss,
    async profile(work) {
      await ask('start-profile');
      await work();
      return (await ask<{ readonly profile: CpuProfile }>('stop-profile')).profile;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** proc(5): VmHWM is the high-water mark, and writing 5 to clear_refs starts it anew. */
function peakOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
