import { ConnectorError, type ConnectorErrorCode, type ConnectorErrorOptions } from '../connector.ts';

/**
 * One request and its answer in time: ends both at the deadline or when the caller gives up, and knows what to call
 * what went wrong.
 */
export class Exchange {
  /** Whether the request was handed to a connection: from then on it may have reached the service. */
  hasStarted = false;
  /** Why it was ended before its time. */
  failure: ConnectorError | undefined;
  /** Called when it is ended before its time. */
  onFailure: (error: ConnectorError) => void = () => undefined;
  readonly #endpoint: string;
  readonly #callerSignal: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Milliseconds since the epoch. */
  #deadline: number;
  #heldAt: number | undefined;

  /** `endpoint` is for messages: without credentials and query. */
  constructor(endpoint: string, deadline: number, callerSignal: AbortSignal | undefined) {
    this.#endpoint = endpoint;
    this.#deadline = deadline;
    this.#callerSignal = callerSignal;
    callerSignal?.addEventListener('abort', this.#onAbort, { once: true });
    if (callerSignal?.aborted) this.#onAbort();
    else if (deadline <= Date.now()) this.#onDeadline();
    else this.#startClock();
  }

  /** Stops the clock while it is not the service that is waited for. */
  hold(): void {
    clearTimeout(this.#timer);
    this.#heldAt = Date.now();
  }

  /** The time held does not count. */
  resume(): void {
    if (this.#heldAt === undefined || this.failure !== undefined) return;
    this.#deadline += Date.now() - this.#heldAt;
    this.#heldAt = undefined;
    this.#startClock();
  }

  /** Nothing is awaited any more: the deadline and the caller's signal no longer matter. */
  end(): void {
    clearTimeout(this.#timer);
    this.#heldAt = undefined;
    this.#callerSignal?.removeEventListener('abort', this.#onAbort);
  }

  error(
    code: ConnectorErrorCode,
    message: string,
    details: Omit<ConnectorErrorOptions, 'mayHaveBeenSent'> = {},
  ): ConnectorError {
    const options = { mayHaveBeenSent: this.hasStarted, ...details };
    return new ConnectorError(code, `${this.#endpoint}: ${message}`, options);
  }

  fail(error: ConnectorError): void {
    this.end();
    if (this.failure !== undefined) return;
    this.failure = error;
    this.onFailure(error);
  }

  #startClock(): void {
    const left = this.#deadline - Date.now();
    this.#timer = setTimeout(this.#onDeadline, Math.max(0, Math.min(left, 0x7fffffff)));
  }

  readonly #onDeadline = (): void => {
    this.fail(this.error('TIMEOUT', 'no complete answer by the deadline'));
  };

  readonly #onAbort = (): void => {
    this.fail(this.error('ABORTED', 'the caller gave up', { cause: this.#callerSignal?.reason }));
  };
}
