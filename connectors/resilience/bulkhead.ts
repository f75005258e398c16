import { ConnectorError, type ConnectorErrorCode, type SoapReply, type SoapRequest } from '../connector.ts';
import { deadlines, type Bounded } from '../deadlines.ts';
import type { Send } from './endpoint.ts';
import type { BulkheadOptions } from './resilience-options.ts';
import { watchReply } from './watch-reply.ts';

const RETRY_AFTER_SECONDS = 1;

/** Bounds how many calls to one endpoint there are at a time, so that a slow one does not take all that there is. */
export class Bulkhead {
  readonly #send: Send;
  readonly #options: BulkheadOptions;
  readonly #url: string;
  readonly #onRefused: () => void;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(send: Send, options: BulkheadOptions, url: string, onRefused: () => void) {
    this.#send = send;
    this.#options = options;
    this.#url = url;
    this.#onRefused = onRefused;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#waiting.size;
  }

  /** @throws ConnectorError TOO_BUSY if there is no place in the queue, or none becomes free by the deadline. */
  readonly send: Send = (request) => {
    if (this.#running < this.#options.running) return this.#run(request);
    if (this.#waiting.size >= this.#options.queued) return Promise.reject(this.#tooBusy());
    return this.#wait(request).then(() => this.#call(request));
  };

  #run(request: SoapRequest): Promise<SoapReply> {
    this.#running += 1;
    return this.#call(request);
  }

  /** Its place is taken already; it is free again when the answer has been read. */
  #call(request: SoapRequest): Promise<SoapReply> {
    return this.#send(request).then(
      (reply) => watchReply(reply, this.#release),
      (error: unknown) => {
        this.#release();
        throw error;
      },
    );
  }

  /** A place goes from hand to hand: nobody who comes in between can take it. */
  readonly #release = (): void => {
    const [next] = this.#waiting;
    if (next === undefined) this.#running -= 1;
    else next();
  };

  /** Until it has a place. */
  #wait({ deadline, signal }: SoapRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(start);
        deadlines.remove(bounded);
        signal?.removeEventListener('abort', abort);
      };
      const start = (): void => {
        leave();
        resolve();
      };
      const abort = (): void => {
        leave();
        reject(this.#error('ABORTED', 'the caller gave up', {}));
      };
      const onDeadline = (): void => {
        leave();
        reject(this.#tooBusy());
      };
      const bounded: Bounded = { deadline, onDeadline, place: -1 };
      deadlines.add(bounded);
      this.#waiting.add(start);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  #tooBusy(): ConnectorError {
    this.#onRefused();
    const { running, queued } = this.#options;
    const message = `${running} calls are on their way and up to ${queued} wait`;
    return this.#error('TOO_BUSY', message, { retryAfter: RETRY_AFTER_SECONDS });
  }

  #error(code: ConnectorErrorCode, message: string, details: { retryAfter?: number }): ConnectorError {
    return new ConnectorError(code, `${this.#url}: ${message}`, { mayHaveBeenSent: false, ...details });
  }
}
