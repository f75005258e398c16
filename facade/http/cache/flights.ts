import { ConnectorError, type CallerSignal } from '../../../connectors/index.ts';

/** Who waits for a flight. */
export interface Passenger {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Aborted when its client has gone. */
  readonly signal: CallerSignal;
}

/** Calls on their way that several requests wait for. Each is aborted when nobody waits for it any more. */
export interface Flights<T> {
  /**
   * The result of the flight for `key`, which `begin` starts if there is none. How it ends is the same for all who wait, but each
   * waits no longer than its own deadline. @throws what the flight throws; ConnectorError TIMEOUT, ABORTED of the passenger's own
   */
  join(key: string, passenger: Passenger, begin: Begin<T>): Promise<Landing<T>>;
  /** Starts a flight that needs nobody to wait; undefined if there is one already. */
  sendAhead(key: string, begin: Begin<T>): Promise<T> | undefined;
}

type Begin<T> = (signal: AbortSignal) => Promise<T>;

export interface Landing<T> {
  readonly result: T;
  /** Others had asked before. */
  readonly isCollapsed: boolean;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>();
  const start = (key: string, begin: Begin<T>, waiting: number): Flight<T> => {
    const abort = new AbortController();
    const flight = { abort, waiting, result: begin(abort.signal) };
    flights.set(key, flight);
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(land, land);
    return flight;
  };
  const leave = (key: string, flight: Flight<T>): void => {
    flight.waiting -= 1;
    if (flight.waiting > 0) return;
    // Who comes now must not join what is being given up.
    if (flights.get(key) === flight) flights.delete(key);
    flight.abort.abort();
  };
  return {
    async join(key, passenger, begin) {
      const known = flights.get(key);
      if (known !== undefined) known.waiting += 1;
      const flight = known ?? start(key, begin, 1);
      const result = await landing(flight.result, passenger, () => {
        leave(key, flight);
      });
      return { result, isCollapsed: known !== undefined };
    },
    sendAhead(key, begin) {
      // Nobody waits, and yet it is wanted.
      return flights.has(key) ? undefined : start(key, begin, 1).result;
    },
  };
}

/** The result, unless the passenger has to leave before it is there. */
function landing<T>(result: Promise<T>, { deadline, signal }: Passenger, onLeave: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (code: 'TIMEOUT' | 'ABORTED', message: string) => (): void => {
      settle();
      reject(new ConnectorError(code, message, { mayHaveBeenSent: true }));
      onLeave();
    };
    const onAbort = leave('ABORTED', 'the client has gone');
    const timer = setTimeout(
      leave('TIMEOUT', 'no answer by the deadline'),
      Math.max(0, deadline - Date.now()),
    );
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort);
    result.finally(settle).then(resolve, reject);
  });
}
