/** What is still to be done before a request is answered; undefined if nothing is. */
export type Work = Promise<void> | undefined;

/** `next` of a value that may still be on its way; at once if it is here, so that nothing waits for a turn of the queue. */
export function after<T>(value: T | Promise<T>, next: (value: T) => Work): Work {
  return value instanceof Promise ? value.then(next) : next(value);
}
