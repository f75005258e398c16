/** Those who wait for something that may come, each until its own deadline. */
export class Waiters<T> {
  readonly #waiting = new Set<{
    readonly resolve: (value: T) => void;
    readonly reject: (error: Error) => void;
    readonly timer: NodeJS.Timeout;
  }>();

  /** `deadline` in milliseconds since the epoch. @throws what `lateness` makes, if it does not come by then. */
  wait(deadline: number, lateness: () => Error): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const onLate = (): void => {
      this.#waiting.delete(waiter);
      reject(lateness());
    };
    const timer = setTimeout(onLate, Math.max(0, Math.min(deadline - Date.now(), 0x7fffffff)));
    const waiter = { resolve, reject, timer };
    this.#waiting.add(waiter);
    return promise;
  }

  /** In the order in which they came. */
  resolveAll(value: T): void {
    for (const { resolve } of this.#take()) resolve(value);
  }

  rejectAll(error: () => Error): void {
    for (const { reject } of this.#take()) reject(error());
  }

  #take(): readonly { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void }[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const { timer } of all) clearTimeout(timer);
    return all;
  }
}
