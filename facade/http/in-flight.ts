import type { ServerResponse } from 'node:http';

/** A request being answered. Its call to the service ends with `abort`. */
export interface RunningRequest {
  readonly response: ServerResponse;
  readonly abort: AbortController;
}

/** Work that a stop has to wait for: requests, also those whose client has gone, and events on their way to the bus. */
export interface InFlight {
  begin(request: RunningRequest): void;
  end(request: RunningRequest): void;
  track(work: Promise<void>): void;
  /**
   * Waits until all is done; what is not after `milliseconds` is aborted, and answers that. From the start of the wait
   * answers close their connections.
   */
  drain(milliseconds: number): Promise<void>;
}

/** How long aborted work may take to say so. */
const FAREWELL_MS = 500;

export function createInFlight(): InFlight {
  const requests = new Set<RunningRequest>();
  const works = new Set<Promise<void>>();
  let isDraining = false;
  let onDone: () => void = () => undefined;
  const isIdle = (): boolean => requests.size === 0 && works.size === 0;
  const settle = (): void => {
    if (isDraining && isIdle()) onDone();
  };
  const isDone = async (milliseconds: number): Promise<boolean> => {
    if (isIdle()) return true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      onDone = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
    return isIdle();
  };
  return {
    begin(request) {
      requests.add(request);
      if (isDraining) closeAfter(request.response);
    },
    end(request) {
      requests.delete(request);
      settle();
    },
    track(work) {
      works.add(work);
      void work.finally(() => {
        works.delete(work);
        settle();
      });
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
