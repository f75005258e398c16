import type { Outcome } from './outcome.ts';

export interface Progress {
  step(outcome: Outcome): void;
  end(): void;
}

const WIDTH = 30;

/** A bar on a terminal; elsewhere nothing. */
export function createProgress(total: number): Progress {
  let done = 0;
  let failed = 0;
  const isTerminal = process.stderr.isTTY;
  return {
    step({ contract, passed }) {
      done++;
      if (!passed) failed++;
      if (!isTerminal) return;
      const bar = '#'.repeat(Math.round((done / total) * WIDTH)).padEnd(WIDTH, '.');
      process.stderr.write(`\r\x1b[K[${bar}] ${done}/${total}, ${failed} failed  ${contract.slice(-60)}`);
    },
    end() {
      if (isTerminal) process.stderr.write('\r\x1b[K');
    },
  };
}
