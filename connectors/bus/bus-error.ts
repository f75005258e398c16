export type BusErrorCode =
  /** The broker is away. */
  | 'NOT_CONNECTED'
  /** The broker is there and takes nothing: it is short of memory or disk. */
  | 'BLOCKED'
  /** Too much waits to be confirmed already. */
  | 'FULL'
  /** The deadline had passed before it could be sent. */
  | 'TIMEOUT'
  /** The broker did not say what became of it. */
  | 'UNCONFIRMED'
  | 'REFUSED'
  /** Exchanges or queues are not as the configuration has them. */
  | 'TOPOLOGY'
  | 'INVALID_EVENT'
  | 'INVALID_MESSAGE'
  /** Its publisher did not want it any more. */
  | 'WITHDRAWN'
  | 'CLOSED';

/** Why the bus did not take something over. `mayHaveBeenPublished` is false only if it never left this process. */
export class BusError extends Error {
  override readonly name = 'BusError';
  readonly code: BusErrorCode;
  readonly mayHaveBeenPublished: boolean;

  constructor(
    code: BusErrorCode,
    message: string,
    options: { mayHaveBeenPublished: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.mayHaveBeenPublished = options.mayHaveBeenPublished;
  }
}
