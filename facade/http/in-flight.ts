import type { ServerResponse } from 'node:http';

/** Work that a stop has to wait for: requests, also those whose client has gone, and events on their way to the bus. */
export interface InFlight {
  track(work: Promise<unknown>, response?: ServerResponse): void;
  /** Waits until all is done, at most `milliseconds`. From now on answers close their connections. @returns whether all is done. */
  drain(milliseconds: number): Promise<boolean>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  const responses = new Set<ServerResponse>();
  let isDraining = false;
  return {
    track(work, response) {
      if (response) {
        responses.add(response);
        if (isDraining) closeAfter(response);
      }
      const entry = work.finally(() => {
        running.delete(entry);
        if (response) responses.delete(response);
      });
      running.add(entry);
    },
    async drain(milliseconds) {
      isDraining = true;
      for (const response of responses) closeAfter(response);
      const { promise: late, resolve } = Promise.withResolvers<'late'>();
      const timer = setTimeout(() => {
        resolve('late');
      }, milliseconds);
      try {
        while (running.size > 0)
          if ((await Promise.race([Promise.allSettled(running), late])) === 'late') return false;
        return true;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Otherwise a client with keep-alive would hold its connection open. */
function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
