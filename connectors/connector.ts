import type { Attachment, MediaType, Packaging, SoapVersion, StreamedAttachment } from '../wsdl/index.ts';

/** A way to a service behind Portico. Transports differ, the promise does not: an answer by the deadline or an error. */
export interface Connector {
  /** @throws ConnectorError for whatever prevented an answer. A SOAP Fault is an answer. */
  send(request: SoapRequest): Promise<SoapReply>;
  /** Whether the endpoint accepts connections now; never throws. */
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

export interface SoapRequest {
  readonly soapVersion: SoapVersion;
  /** soapAction of the binding operation, '' if none. */
  readonly action: string;
  readonly envelope: Uint8Array;
  /** Then the message goes as a MIME package. With a stream among its attachments it cannot be sent twice. */
  readonly packaging?: Packaging;
  readonly attachments?: readonly (Attachment | StreamedAttachment)[];
  /** No SOAP answer is expected; HTTP 200 or 202 with or without a body is success. */
  readonly isOneWay: boolean;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
  /** Extra transport headers, e.g. traceparent. Never credentials of the caller. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SoapReply {
  readonly status: number;
  /** From the Content-Type, lower case; undefined if not given. */
  readonly charset?: string;
  /** Content-Type of a MIME package (RFC 2387), which `body` then is; else `body` is the envelope. */
  readonly multipart?: MediaType;
  /** Bytes still to be read; iterating throws ConnectorError if it is cut off or late. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The same bytes, where all have come already; `body` then need not be read. */
  readonly whole?: Uint8Array | undefined;
}

export type ConnectorErrorCode =
  'CONNECT_FAILED' | 'TIMEOUT' | 'CUT_OFF' | 'NOT_SOAP' | 'TOO_LARGE' | 'ABORTED';

/** What prevented an answer. `mayHaveBeenSent` is false only if no byte of the request left this process. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: ConnectorErrorCode;
  readonly mayHaveBeenSent: boolean;

  constructor(
    code: ConnectorErrorCode,
    message: string,
    options: { mayHaveBeenSent: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.mayHaveBeenSent = options.mayHaveBeenSent;
  }
}
