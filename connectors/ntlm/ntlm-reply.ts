import type { Dispatcher } from 'undici';

type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

const UNAUTHORIZED = 401;

/** Passes an answer on to its handler, and knows when it is over; a 401 may be kept back, as another attempt follows. */
export class NtlmReply implements Dispatcher.DispatchHandler {
  /** Settles when the connection is free again. */
  readonly outcome: Promise<'answered' | 'refused'>;
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #mayBeRefused: boolean;
  readonly #onStatus: (status: number) => void;
  #isRefused = false;
  #resolve!: (outcome: 'answered' | 'refused') => void;

  constructor(
    handler: Dispatcher.DispatchHandler,
    mayBeRefused: boolean,
    onStatus: (status: number) => void,
  ) {
    this.#handler = handler;
    this.#mayBeRefused = mayBeRefused;
    this.#onStatus = onStatus;
    this.outcome = new Promise((resolve) => (this.#resolve = resolve));
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#handler.onRequestStart?.(controller, context);
  }

  onResponseStart(controller: Controller, status: number, headers: Headers, statusMessage?: string): void {
    if (status >= 200) this.#onStatus(status);
    this.#isRefused = this.#mayBeRefused && status === UNAUTHORIZED;
    if (!this.#isRefused) this.#handler.onResponseStart?.(controller, status, headers, statusMessage);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (!this.#isRefused) this.#handler.onResponseData?.(controller, chunk);
  }

  onResponseEnd(controller: Controller, trailers: Headers): void {
    if (!this.#isRefused) this.#handler.onResponseEnd?.(controller, trailers);
    this.#resolve(this.#isRefused ? 'refused' : 'answered');
  }

  onResponseError(controller: Controller, error: Error): void {
    this.#handler.onResponseError?.(controller, error);
    this.#resolve('answered');
  }
}
