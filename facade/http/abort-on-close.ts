import type { ServerResponse } from 'node:http';
import type { Route } from '../../openapi/index.ts';

/** Ends the call of a read when its client has gone. A write goes on: half of a transfer helps nobody. */
export function abortOnClose(response: ServerResponse, { method }: Route): AbortSignal | undefined {
  if (method !== 'GET') return undefined;
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
