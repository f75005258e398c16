/** How long other processes believe this one to be alive. */
export interface Lease {
  start(beat: () => Promise<void>): Promise<void>;
  isValid(): boolean;
  stop(): void;
}

const BEATS_IN_A_LEASE = 3;

/**
 * Renewed three times as often as it would run out. Counted from before the renewal was asked for, and by both clocks, of
 * which one stands still while the machine sleeps and the other may be set: so this process doubts itself sooner than others do.
 */
export function createLease(
  leaseMs: number,
  beat: () => Promise<void>,
  onError: (error: unknown, what: string) => void,
): Lease {
  let beaten: { readonly wall: number; readonly steady: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const renew = async (by: () => Promise<void>): Promise<void> => {
    const asked = { wall: Date.now(), steady: performance.now() };
    await by();
    beaten = asked;
  };
  const tick = (): void => {
    renew(beat).catch((error: unknown) => {
      onError(error, 'The lease on commands was not renewed');
    });
  };
  return {
    async start(first) {
      await renew(first);
      timer ??= setInterval(tick, leaseMs / BEATS_IN_A_LEASE).unref();
    },
    isValid: () =>
      beaten !== undefined &&
      Date.now() - beaten.wall < leaseMs &&
      performance.now() - beaten.steady < leaseMs,
    stop() {
      clearInterval(timer);
    },
  };
}
