import { ConnectorError } from '../connector.ts';
import type { Exchange } from './exchange.ts';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused; is the service running?',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be resolved',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time allowed',
  UND_ERR_SOCKET: 'the service closed the connection',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter or longer than its Content-Length',
  UND_ERR_DESTROYED: 'this connector is closed',
  UND_ERR_CLOSED: 'this connector is closed',
  Z_BUF_ERROR: 'the compressed answer ends too early',
  Z_DATA_ERROR: 'the answer says gzip but is not',
};

/** What broke before there was an answer: not connected, or connected and then lost. */
export function sendError(exchange: Exchange, error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  if (exchange.hasStarted)
    return exchange.error('CUT_OFF', `the request was sent, but ${reasonOf(error)}`, { cause: error });
  return exchange.error('CONNECT_FAILED', reasonOf(error), { cause: error });
}

/** What broke while the answer was read. */
export function readError(exchange: Exchange, error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  return exchange.error('CUT_OFF', `the answer was cut off: ${reasonOf(error)}`, { cause: error });
}

/** By code; of several addresses tried (AggregateError) the last tells. Never the error's own text where one is known. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors.at(-1));
  const code = codeOf(error);
  const reason = reasons[code];
  if (reason !== undefined) return `${reason} (${code})`;
  return error instanceof Error
    ? `${error.message}${code === '' ? '' : ` (${code})`}`
    : 'the connection failed';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
