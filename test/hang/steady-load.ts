import { Agent, request } from 'undici';

/** One answer: when it was asked for, how long it took (both in milliseconds), and its status. */
export interface Sample {
  readonly at: number;
  readonly ms: number;
  readonly status: number;
}

export interface SteadyLoad {
  readonly samples: readonly Sample[];
  /** Resolves when all have been answered; may be called again. */
  stop(): Promise<void>;
}

/** Asks `perSecond` times a second, whether or not earlier answers have come: a queue at the server then shows as time. */
export function startLoad(url: string, token: string, perSecond: number): SteadyLoad {
  const dispatcher = new Agent({ connections: 1000, pipelining: 1 });
  const samples: Sample[] = [];
  const running = new Set<Promise<void>>();
  const ask = async (): Promise<void> => {
    const at = performance.now();
    const { statusCode, body } = await request(url, {
      dispatcher,
      headers: { authorization: `Bearer ${token}` },
    });
    await body.dump();
    samples.push({ at, ms: performance.now() - at, status: statusCode });
  };
  const timer = setInterval(() => {
    const one = ask().finally(() => running.delete(one));
    running.add(one);
  }, 1000 / perSecond);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.all(running);
    await dispatcher.close();
  };
  let stopped: Promise<void> | undefined;
  return { samples, stop: () => (stopped ??= stop()) };
}

export function percentile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
