/** Work that is done in rounds in the background, as long as there is any. */
export interface Rounds {
  /** There is something to do: the next round need not wait. */
  wake(): void;
  /** Waits for the round that is under way. */
  close(): Promise<void>;
}

/** Until the next round. */
export interface Rest {
  readonly ms: number;
  /** Nothing can be done before, whoever wakes it. */
  readonly isFirm?: boolean;
}

export interface RoundsOptions {
  readonly round: () => Promise<Rest>;
  readonly onError: (error: unknown) => void;
  /** How long to rest after a round that failed. */
  readonly pauseMs: number;
}

/** One round after the other, never two at once. */
export function startRounds({ round, onError, pauseMs }: RoundsOptions): Rounds {
  let isClosed = false;
  let isWoken = false;
  let onWake: () => void = () => undefined;
  let onClose: () => void = () => undefined;
  const rest = async ({ ms, isFirm = false }: Rest): Promise<void> => {
    if (ms === 0 || isClosed || (isWoken && !isFirm)) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(resolve, ms, undefined).unref();
    onClose = () => {
      resolve(undefined);
    };
    onWake = isFirm ? () => undefined : onClose;
    await promise;
    clearTimeout(timer);
  };
  const run = async (): Promise<void> => {
    while (!isClosed) {
      isWoken = false;
      const next = await round().catch((error: unknown) => {
        onError(error);
        return { ms: pauseMs, isFirm: true };
      });
      await rest(next);
    }
  };
  const running = run();
  return {
    wake() {
      isWoken = true;
      onWake();
    },
    close() {
      isClosed = true;
      onClose();
      return running;
    },
  };
}
