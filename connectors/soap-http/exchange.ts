import { ConnectorError, type ConnectorErrorCode } from '../connector.ts';

/**
 * One request and its answer in time: ends both at the deadline or when the caller gives up, and knows what to call
 * what went wrong.
 */
export class Exchange {
  /** Aborted at the deadline or with the caller's signal; the reason is a ConnectorError. */
  readonly signal: AbortSignal;
  /** Whether the request was handed to a connection: from then on it may have reached the service. */
  hasStarted = false;
  readonly #endpoint: string;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #callerSignal: AbortSignal | undefined;

  /** `endpoint` is for messages: without credentials and query. */
  constructor(endpoint: string, deadline: number, callerSignal: AbortSignal | undefined) {
    this.#endpoint = endpoint;
    this.signal = this.#controller.signal;
    this.#callerSignal = callerSignal;
    const left = deadline - Date.now();
    this.#timer = setTimeout(this.#onDeadline, Math.max(0, Math.min(left, 0x7fffffff)));
    callerSignal?.addEventListener('abort', this.#onAbort, { once: true });
    if (callerSignal?.aborted) this.#onAbort();
    else if (left <= 0) this.#onDeadline();
  }

  /** Nothing is awaited any more: the deadline and the caller's signal no longer matter. */
  end(): void {
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#onAbort);
  }

  error(code: ConnectorErrorCode, message: string, cause?: unknown): ConnectorError {
    return new ConnectorError(code, `${this.#endpoint}: ${message}`, {
      mayHaveBeenSent: this.hasStarted,
      cause,
    });
  }

  /** The promise's result, or the reason of the abort if that comes first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    if (signal.aborted) promise.catch(() => undefined);
    signal.throwIfAborted();
    let onAbort: () => void = () => undefined;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = (): void => {
        reject(signal.reason as ConnectorError);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([promise, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  readonly #onDeadline = (): void => {
    this.#controller.abort(this.error('TIMEOUT', 'no complete answer by the deadline'));
  };

  readonly #onAbort = (): void => {
    this.#controller.abort(this.error('ABORTED', 'the caller gave up', this.#callerSignal?.reason));
  };
}
