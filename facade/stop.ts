import { setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from './http/in-flight.ts';
import type { Listening } from './http/listen.ts';

export interface StopOptions {
  /** Those that listen by then. */
  readonly servers: readonly Listening[];
  readonly inFlight: InFlight;
  /** Takes no more of what comes by other ways, and ends within so many milliseconds what is at work. */
  readonly endOthers: (milliseconds: number) => Promise<void>;
  /** How long requests are still taken while readiness is off already. */
  readonly delayMs: number;
  /** How long requests in flight may take then. */
  readonly deadlineMs: number;
  /** Ends what would go on as long as its client: streams. */
  readonly endStreams?: (() => void) | undefined;
  /** Closes everything else. */
  readonly free: () => Promise<void>;
}

export interface Stopper {
  isStopping: () => boolean;
  /** Called again, it waits for the same stop. */
  stop: () => Promise<void>;
}

const LAST_MS = 1000;

/** Readiness off and connections closed by their next answer, then no new connections, then what is in flight, then everything else. */
export function createStopper(options: StopOptions): Stopper {
  const { servers, inFlight, delayMs, deadlineMs, endStreams, endOthers, free } = options;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    inFlight.closeConnections();
    if (delayMs > 0 && servers.length > 0) await sleep(delayMs);
    endStreams?.();
    const closed = servers.map((server) => server.stop());
    await Promise.all([endOthers(deadlineMs), inFlight.drain(deadlineMs)]);
    // What those have left to be done, such as events to publish.
    await inFlight.drain(LAST_MS);
    for (const server of servers) server.destroy();
    await Promise.all(closed);
    await free();
  };
  return {
    isStopping: () => stopped !== undefined,
    stop: () => (stopped ??= stop()),
  };
}
