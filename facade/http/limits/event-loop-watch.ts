/** Whether this process gets to its work in time. */
export interface LoopWatch {
  isLate(): boolean;
  close(): void;
}

const EVERY_MS = 50;

/** Looks how late a timer comes. Late twice in a row: a single pause, e.g. of the garbage collector, is nothing yet. */
export function watchEventLoop(
  mostMs: number | undefined,
  now: () => number = () => performance.now(),
): LoopWatch {
  if (mostMs === undefined) return { isLate: () => false, close: () => undefined };
  let expected = now() + EVERY_MS;
  let timesLate = 0;
  const timer = setInterval(() => {
    timesLate = now() - expected > mostMs ? timesLate + 1 : 0;
    expected = now() + EVERY_MS;
  }, EVERY_MS).unref();
  return {
    isLate: () => timesLate > 1,
    close: () => {
      clearInterval(timer);
    },
  };
}
