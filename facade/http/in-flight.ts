import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request being answered. Its call to the service ends with `abort`. */
export interface RunningRequest {
  readonly response: ServerResponse;
  readonly abort: { abort(): void };
  /** Kept by `InFlight`: where the request stands among those being answered. */
  place: number;
}

/** Work that a stop has to wait for: requests, also those whose client has gone, and events on their way to the bus. */
export interface InFlight {
  begin(request: RunningRequest): void;
  end(request: RunningRequest): void;
  /** Answers still to go out by a connection, to requests that have come whole. Looks at all there are. */
  answersOn(socket: Socket): readonly ServerResponse[];
  track(work: Promise<void>): void;
  /** From now on answers close their connections: a client would send its next request to a connection about to end. */
  closeConnections(): void;
  /** Waits until all is done; what is not after `milliseconds` is aborted, and answers that. */
  drain(milliseconds: number): Promise<void>;
}

/** How long aborted work may take to say so. */
const FAREWELL_MS = 500;

export function createInFlight(): InFlight {
  // No Set: its tables outlive their use, each kept by the one before, and with them the requests of seconds ago.
  const requests: RunningRequest[] = [];
  const works = new Set<Promise<void>>();
  let isClosing = false;
  let isDraining = false;
  let onDone: () => void = () => undefined;
  const isIdle = (): boolean => requests.length === 0 && works.size === 0;
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
      request.place = requests.push(request) - 1;
      if (isClosing) closeAfter(request.response);
    },
    end(request) {
      remove(requests, request);
      settle();
    },
    answersOn: (socket) =>
      requests.map(({ response }) => response).filter(({ req }) => req.socket === socket && req.complete),
    track(work) {
      works.add(work);
      void work.finally(() => {
        works.delete(work);
        settle();
      });
    },
    closeConnections() {
      isClosing = true;
      for (const { response } of requests) closeAfter(response);
    },
    async drain(milliseconds) {
      isDraining = true;
      if (await isDone(milliseconds)) return;
      for (const { abort } of requests) abort.abort();
      await isDone(FAREWELL_MS);
    },
  };
}

/** The last one takes its place. */
function remove(requests: RunningRequest[], request: RunningRequest): void {
  const last = requests.pop()!;
  if (last === request) return;
  requests[request.place] = last;
  last.place = request.place;
}

/** Otherwise a client with keep-alive would hold its connection open. */
function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
