import type { ServerResponse } from 'node:http';

/** A request being answered. Its call to the service ends with `abort`. */
export interface RunningRequest {
  readonly response: ServerResponse;
  readonly abort: AbortController;
}

/** Work that a stop has to wait for: requests, also those whose client has gone, and events on their way to the bus. */
export interface InFlight {
  track(work: Promise<void>, request?: RunningRequest): void;
  /**
   * Waits until all is done; what is not after `milliseconds` is aborted, and answers that. From the start of the wait
   * answers close their connections.
   */
  drain(milliseconds: number): Promise<void>;
}

/** How long aborted work may take to say so. */
const FAREWELL_MS = 500;

export function createInFlight(): InFlight {
  const running = new Set<Promise<void>>();
  const requests = new Set<RunningRequest>();
  let isDraining = false;
  const isDone = async (milliseconds: number): Promise<boolean> => {
    const timeout = AbortSignal.timeout(milliseconds);
    const late = new Promise<void>((resolve) => {
      timeout.addEventListener('abort', () => {
        resolve();
      });
    });
    while (running.size > 0 && !timeout.aborted) await Promise.race([Promise.allSettled(running), late]);
    return running.size === 0;
  };
  return {
    track(work, request) {
      if (request) requests.add(request);
      if (request && isDraining) closeAfter(request.response);
      const entry = work.finally(() => {
        running.delete(entry);
        if (request) requests.delete(request);
      });
      running.add(entry);
    },
    async drain(milliseconds) {
      isDraining = true;
      for (const { response } of requests) closeAfter(response);
      if (await isDone(milliseconds)) return;
      for (const { abort } of requests) abort.abort();
      await isDone(FAREWELL_MS);
    },
  };
}

/** Otherwise a client with keep-alive would hold its connection open. */
function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
