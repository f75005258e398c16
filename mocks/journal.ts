/** One SOAP request that reached a port. Holds no message: those may carry what must not be kept. */
export interface MockCall {
  readonly service: string;
  readonly port: string;
  /** Missing where the request could not be routed to one. */
  readonly operation?: string;
  readonly outcome: 'output' | 'fault' | 'accepted';
  /** HTTP status of the answer. */
  readonly status: number;
}

const MOST_CALLS = 1000;

/** The latest calls, oldest first; older ones are forgotten. */
export class Journal {
  readonly #calls: MockCall[] = [];

  get calls(): readonly MockCall[] {
    return this.#calls;
  }

  add(call: MockCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#calls.shift();
  }
}
