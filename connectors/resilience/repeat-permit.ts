import { ConnectorError, type SoapRequest } from '../connector.ts';

/** Retries that are granted at once after a quiet time; then the budget's share decides. */
const MOST_TOKENS = 10;

/**
 * Says whether a failed call may be sent again, and keeps all repetitions of a service within a share of its calls: when
 * everything fails, repeating everything would only double the load.
 */
export class RepeatPermit {
  readonly #share: number;
  readonly #onSpent: () => void;
  #tokens = MOST_TOKENS;

  constructor(share: number, onSpent: () => void) {
    this.#share = share;
    this.#onSpent = onSpent;
  }

  /** A call begins: the budget grows with the calls. */
  earn(): void {
    this.#tokens = Math.min(MOST_TOKENS, this.#tokens + this.#share);
  }

  spend(): boolean {
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return true;
    }
    this.#onSpent();
    return false;
  }
}

/** Nothing of it has left, and sending it costs the endpoint nothing: not a matter of the budget. */
export function wasRefusedHere(error: unknown): boolean {
  return error instanceof ConnectorError && (error.code === 'CIRCUIT_OPEN' || error.code === 'TOO_BUSY');
}

/**
 * Whether sending it again can do no harm and may help: it never left, or it is safe and the endpoint failed. Never a write
 * whose bytes may have left, nor what a deadline or the caller has ended.
 */
export function isRepeatable(request: SoapRequest, error: unknown): boolean {
  if (!(error instanceof ConnectorError) || hasStream(request)) return false;
  if (!error.mayHaveBeenSent) return error.code === 'CONNECT_FAILED' || wasRefusedHere(error);
  return request.isSafe === true && isFailureOfEndpoint(error);
}

const GATEWAY_ERRORS: ReadonlySet<number | undefined> = new Set([500, 502, 503, 504]);

function isFailureOfEndpoint({ code, status }: ConnectorError): boolean {
  if (code === 'CUT_OFF' || code === 'UNAVAILABLE') return true;
  return code === 'NOT_SOAP' && GATEWAY_ERRORS.has(status);
}

/** What of a stream has been taken is gone. */
function hasStream({ attachments = [] }: SoapRequest): boolean {
  return attachments.some(({ content }) => !(content instanceof Uint8Array));
}
