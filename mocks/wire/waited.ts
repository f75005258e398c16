import { setTimeout as wait } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';

/** Whether there is still somebody to answer after the pause. */
export async function waited(response: ServerResponse, milliseconds: number): Promise<boolean> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  try {
    await wait(milliseconds, undefined, { signal: gone.signal });
    return true;
  } catch {
    // The only reason: the client has left.
    return false;
  } finally {
    response.off('close', leave);
  }
}
