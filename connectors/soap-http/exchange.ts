import type { CallerSignal } from '../caller-signal.ts';
import { ConnectorError, type ConnectorErrorCode, type ConnectorErrorOptions } from '../connector.ts';
import { deadlines, type Bounded } from '../deadlines.ts';

const nobody = (): void => undefined;

/**
 * One request and its answer in time: ends both at the deadline or when the caller gives up, and knows what to call
 * what went wrong.
 */
export class Exchange implements Bounded {
  /** Whether the request was handed to a connection: from then on it may have reached the service. */
  hasStarted = false;
  /** Why it was ended before its time. */
  failure: ConnectorError | undefined;
  /** Called when it is ended before its time. */
  onFailure: (error: ConnectorError) => void = nobody;
  readonly #endpoint: string;
  readonly #callerSignal: CallerSignal | undefined;
  /** Milliseconds since the epoch. */
  deadline: number;
  /** See `Bounded`. */
  place = -1;
  #heldAt: number | undefined;

  /** `endpoint` is for messages: without credentials and query. */
  constructor(endpoint: string, deadline: number, callerSignal: CallerSignal | undefined) {
    this.#endpoint = endpoint;
    this.deadline = deadline;
    this.#callerSignal = callerSignal;
    callerSignal?.addEventListener('abort', this, { once: true });
    if (callerSignal?.aborted) this.handleEvent();
    else if (deadline <= Date.now()) this.onDeadline();
    else deadlines.add(this);
  }

  /** Stops the clock while it is not the service that is waited for. */
  hold(): void {
    deadlines.remove(this);
    this.#heldAt = Date.now();
  }

  /** The time held does not count. */
  resume(): void {
    if (this.#heldAt === undefined || this.failure !== undefined) return;
    this.deadline += Date.now() - this.#heldAt;
    this.#heldAt = undefined;
    deadlines.add(this);
  }

  /** Nothing is awaited any more: the deadline and the caller's signal no longer matter. */
  end(): void {
    deadlines.remove(this);
    this.#heldAt = undefined;
    this.#callerSignal?.removeEventListener('abort', this);
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

  onDeadline(): void {
    this.fail(this.error('TIMEOUT', 'no complete answer by the deadline'));
  }

  /** Of the caller's signal. */
  handleEvent(): void {
    this.fail(this.error('ABORTED', 'the caller gave up', { cause: this.#callerSignal?.reason }));
  }
}
