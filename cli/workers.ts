import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { waitForStop } from './wait-for-stop.ts';

export interface WorkersOptions {
  readonly count: number;
  /** How long the workers may take to stop. */
  readonly stopMs: number;
  /** Told when all of them listen. */
  readonly onListening: (port: number) => void;
}

/** What the first process tells a worker. */
export const STOP = 'stop';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** A worker that has lived so long did not die of its start. */
const SETTLED_MS = 10_000;

/**
 * Runs this very command in `count` processes that share its port. One that dies is replaced, after ever longer pauses if they die
 * young; if the first one cannot even start, nothing is. Resolves to the exit code once all have stopped, on a signal.
 */
export async function runWorkers({ count, stopMs, onListening }: WorkersOptions): Promise<number> {
  const first = cluster.fork();
  const port = await listening(first);
  if (port === undefined) return first.process.exitCode ?? 1;
  const crew = keepAlive(count);
  const others = Array.from({ length: count - 1 }, () => cluster.fork());
  for (const worker of [first, ...others]) crew.add(worker);
  void Promise.all(others.map(listening)).then(() => {
    onListening(port);
  });
  const stopForwarding = forwardHangup();
  await waitForStop();
  stopForwarding();
  await crew.stop(stopMs);
  return 0;
}

/** The port, or undefined if the worker ended before it had one. */
async function listening(worker: Worker): Promise<number | undefined> {
  const ended = new AbortController();
  worker.once('exit', () => {
    ended.abort();
  });
  try {
    const [address] = (await once(worker, 'listening', { signal: ended.signal })) as [
      { readonly port: number },
    ];
    return address.port;
  } catch {
    return undefined;
  }
}

interface Crew {
  add(worker: Worker): void;
  stop(milliseconds: number): Promise<void>;
}

function keepAlive(count: number): Crew {
  const workers = new Set<Worker>();
  let isStopping = false;
  let youngDeaths = 0;
  const add = (worker: Worker): void => {
    const startedAt = Date.now();
    workers.add(worker);
    worker.once('exit', (code: number | null, signal: string | null) => {
      workers.delete(worker);
      if (isStopping) return;
      youngDeaths = Date.now() - startedAt < SETTLED_MS ? youngDeaths + 1 : 0;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, youngDeaths - 1));
      console.error(
        `portico: worker ${worker.process.pid ?? ''} ended (${signal ?? `exit code ${code ?? ''}`}), ${workers.size} of ${count} are left; a new one starts in ${pause} ms`,
      );
      setTimeout(() => {
        if (!isStopping) add(cluster.fork());
      }, pause);
    });
  };
  return {
    add,
    async stop(milliseconds) {
      isStopping = true;
      const ended = [...workers].map((worker) => once(worker, 'exit'));
      for (const worker of workers) if (worker.isConnected()) worker.send(STOP);
      const timer = setTimeout(() => {
        for (const worker of workers) worker.process.kill('SIGKILL');
      }, milliseconds);
      await Promise.all(ended);
      clearTimeout(timer);
    },
  };
}

/** New certificates are for the workers to read. */
function forwardHangup(): () => void {
  const forward = (): void => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGHUP');
  };
  process.on('SIGHUP', forward);
  return () => void process.off('SIGHUP', forward);
}

/** In a worker: resolves when the first process says so, or at SIGTERM. A signal to all of a terminal is for the first one alone. */
export function waitForOrder(): Promise<void> {
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => {
    process.on('SIGTERM', () => {
      resolve();
    });
    process.on('message', (message) => {
      if (message === STOP) resolve();
    });
  });
}
