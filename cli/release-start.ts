import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const QUIET_MS = 1000;

/**
 * Gives back the memory that the start has used, about 20 MB, which V8 would keep until there is need of it. Not at once, as that
 * would make who waits for the port wait longer.
 */
export function releaseStart(): void {
  setTimeout(() => {
    collector()({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, QUIET_MS).unref();
}

/**
 * What `--expose-gc` gives. On the command line that flag makes Node refuse the compiled code of its own modules that it brings along,
 * as V8's flags are not those it was made with: 50 ms of each start.
 */
function collector(): NodeJS.GCFunction {
  if (globalThis.gc !== undefined) return globalThis.gc;
  setFlagsFromString('--expose-gc');
  try {
    return runInNewContext('gc') as NodeJS.GCFunction;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
