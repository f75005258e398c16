import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Compiles what is measured: the program as its users get it. Takes about ten seconds. */
export function buildProgram(): void {
  const script = fileURLToPath(new URL('../../build.ts', import.meta.url));
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Flags of Node that the server gives itself. */
export const programFlags: readonly string[] = createRequire(import.meta.url)(
  '../../bin/flags.cjs',
) as readonly string[];
