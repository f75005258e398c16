import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import type { ServerConfig } from '../config/config.ts';
import { toProblem, type ProblemCode } from './problem.ts';

/** Header fields come in one or two packets; who needs longer holds the connection for its own sake. */
const HEADERS_TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** What requests and responses are made of. */
export type Prototypes = Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;

export interface Listening {
  readonly port: number;
  /** Takes no more connections, and lets those with a request in flight finish it. */
  stop(): Promise<void>;
  /** Ends what is still open. */
  destroy(): void;
  /** Connections from now on get these certificates and this key. */
  setTls(context: SecureContextOptions): void;
}

export async function listen(
  listener: RequestListener,
  prototypes: Prototypes,
  config: ServerConfig,
  port: number,
  host: string,
  tls?: TlsOptions,
): Promise<Listening> {
  const requestTimeout = config.requestTimeoutSeconds * 1000;
  const options = {
    ...prototypes,
    requestTimeout,
    headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeout),
    maxHeaderSize: MAX_HEADER_BYTES,
    // How often the two timeouts are looked at; the default is 30 seconds.
    connectionsCheckingInterval: 1000,
  };
  const server = tls ? createTlsServer({ ...options, ...tls }, listener) : createServer(options, listener);
  server.on('clientError', answerClientError);
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => stop(server),
    destroy: () => {
      server.closeAllConnections();
    },
    setTls: (context) => {
      if ('setSecureContext' in server) server.setSecureContext(context);
    },
  };
}

async function stop(server: Server | TlsServer): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}

const clientProblems: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What is no HTTP has no response object; the answer is written by hand. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const problem = toProblem(clientProblems[error.code ?? ''] ?? 'malformed-request');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
