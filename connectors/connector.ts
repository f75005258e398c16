import type { CallerSignal } from './caller-signal.ts';
import type { Attachment, MediaType, Packaging, SoapVersion, StreamedAttachment } from '../wsdl/index.ts';

/** A way to a service behind Portico. Transports differ, the promise does not: an answer by the deadline or an error. */
export interface Connector {
  /** @throws ConnectorError for whatever prevented an answer. A SOAP Fault is an answer. */
  send(request: SoapRequest): Promise<SoapReply>;
  /** Whether the endpoint accepts connections now; never throws. */
  isReachable(): Promise<boolean>;
  /** HTTP status of a GET at its host, where it speaks HTTP. Rejects if there is no answer in time. */
  getStatus?(path: string, timeoutMs: number): Promise<number>;
  /** Where there are policies around it: how each endpoint does. */
  endpoints?(): readonly EndpointState[];
  close(): Promise<void>;
}

/** One address of a service, as calls to it have gone. */
export interface EndpointState {
  /** Without credentials and query. */
  readonly url: string;
  /** `half-open`: open, and a call is on its way to find out whether the service is back. */
  readonly circuit: 'closed' | 'open' | 'half-open';
  /** What its probes say; missing where it is not probed. */
  readonly health?: 'up' | 'down' | 'unknown';
  /** Calls on their way, and calls that wait for a place. */
  readonly running: number;
  readonly queued: number;
}

export interface SoapRequest {
  readonly soapVersion: SoapVersion;
  /** soapAction of the binding operation, '' if none. */
  readonly action: string;
  /** WS-Addressing action, where it is another. */
  readonly wsaAction?: string | undefined;
  readonly envelope: Uint8Array;
  /** Then the message goes as a MIME package. With a stream among its attachments it cannot be sent twice. */
  readonly packaging?: Packaging;
  readonly attachments?: readonly (Attachment | StreamedAttachment)[];
  /** No SOAP answer is expected; HTTP 200 or 202 with or without a body is success. */
  readonly isOneWay: boolean;
  /** Carrying it out twice does no harm, so it may be sent again. Default false. */
  readonly isSafe?: boolean;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal?: CallerSignal;
  /** Extra transport headers, e.g. traceparent. Never credentials of the caller. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whoever gets one reads its `body` to the end or returns it: only then are connection and place free again. */
export interface SoapReply {
  readonly status: number;
  /** From the Content-Type, lower case; undefined if not given. */
  readonly charset?: string;
  /** Content-Type of a MIME package (RFC 2387), which `body` then is; else `body` is the envelope. */
  readonly multipart?: MediaType;
  /** Bytes still to be read, each chunk its reader's own; iterating throws ConnectorError if it is cut off or late. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The same bytes, where all have come already; `body` then need not be read. */
  readonly whole?: Uint8Array | undefined;
  /** `whole` has been read: its memory may be given back. Whoever has it still finds it empty. */
  release?(): void;
  /** Namespaces of header blocks that have been dealt with, whether or not they must be understood. */
  understood?: ReadonlySet<string>;
}

export type ConnectorErrorCode =
  | 'CONNECT_FAILED'
  | 'TIMEOUT'
  | 'CUT_OFF'
  | 'NOT_SOAP'
  | 'TOO_LARGE'
  | 'ABORTED'
  /** HTTP 429 or 503 with Retry-After and without SOAP. */
  | 'UNAVAILABLE'
  /** Too many calls are on their way already. */
  | 'TOO_BUSY'
  /** Calls have failed too often of late. */
  | 'CIRCUIT_OPEN'
  /** An answer came, but nothing proves that it is the service's own. */
  | 'NOT_VERIFIED';

export interface ConnectorErrorOptions {
  readonly mayHaveBeenSent: boolean;
  /** HTTP status, where one came. */
  readonly status?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** What prevented an answer. `mayHaveBeenSent` is false only if no byte of the request left this process. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: ConnectorErrorCode;
  readonly mayHaveBeenSent: boolean;
  /** HTTP status of what came in place of an answer. */
  readonly status: number | undefined;
  /** Seconds after which another attempt makes sense. */
  readonly retryAfter: number | undefined;

  constructor(code: ConnectorErrorCode, message: string, options: ConnectorErrorOptions) {
    super(message, { cause: options.cause });
    this.code = code;
    this.mayHaveBeenSent = options.mayHaveBeenSent;
    this.status = options.status;
    this.retryAfter = options.retryAfter;
  }
}
