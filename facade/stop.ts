import { setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from './http/in-flight.ts';
import type { Listening } from './http/listen.ts';

export interface StopOptions {
  /** Those that listen by then. */
  readonly servers: readonly Listening[];
  readonly inFlight: InFlight;
  /** How long requests are still taken while readiness is off already. */
  readonly delayMs: number;
  /** How long requests in flight may take then. */
  readonly deadlineMs: number;
  /** Closes everything else. */
  readonly free: () => Promise<void>;
}

export interface Stopper {
  isStopping: () => boolean;
  /** Called again, it waits for the same stop. */
  stop: () => Promise<void>;
}

/** Readiness off and connections closed by their next answer, then no new connections, then what is in flight, then everything else. */
export function createStopper({ servers, inFlight, delayMs, deadlineMs, free }: StopOptions): Stopper {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    inFlight.closeConnections();
    if (delayMs > 0 && servers.length > 0) await sleep(delayMs);
    const closed = servers.map((server) => server.stop());
    await inFlight.drain(deadlineMs);
    for (const server of servers) server.destroy();
    await Promise.all(closed);
    await free();
  };
  return {
    isStopping: () => stopped !== undefined,
    stop: () => (stopped ??= stop()),
  };
}
