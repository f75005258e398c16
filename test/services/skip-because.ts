import type { Context } from 'mocha';

/** Skips a test or suite and says why; with CI=true that is a failure. */
export function skipBecause(context: Context, reason: string): never {
  console.log(`      ${reason}`);
  return context.skip();
}
