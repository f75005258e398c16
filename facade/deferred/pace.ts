/** How much of a service's work may be taken on now. */
export interface Pace {
  /** How many operations may be begun. */
  free(): number;
  begin(): void;
  /** `isAway`: the service could not do it. @returns how long to wait before its next attempt, in milliseconds. */
  end(isAway: boolean): void;
}

const FIRST_MS = 500;

/**
 * So many at a time. While a service is away only one operation asks now and then, ever more seldom, for all those that wait:
 * what is stored need not be tried thousands of times to find out that nobody is there.
 */
export function createPace(most: number, longestMs: number, now: () => number): Pace {
  let running = 0;
  let failures = 0;
  let closedUntil = 0;
  return {
    free() {
      if (now() < closedUntil) return 0;
      return Math.max(0, (failures > 0 ? 1 : most) - running);
    },
    begin() {
      running += 1;
    },
    end(isAway) {
      running -= 1;
      if (!isAway) {
        failures = 0;
        closedUntil = 0;
        return;
      }
      // Those that were on their way together fail together: that is one failure.
      if (now() < closedUntil) return;
      failures += 1;
      closedUntil = now() + backOffMs(failures, longestMs);
    },
  };
}

/** Doubled with each try, up to `longestMs`; some less, so that not all come at the same time. */
export function backOffMs(tries: number, longestMs: number, random: () => number = Math.random): number {
  const whole = Math.min(longestMs, FIRST_MS * 2 ** Math.min(tries - 1, 20));
  return whole * (0.5 + random() / 2);
}
