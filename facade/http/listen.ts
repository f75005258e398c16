import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import type { ServerConfig } from '../config/config.ts';

/** Header fields come in one or two packets; who needs longer holds the connection for its own sake. */
const HEADERS_TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** What requests and responses are made of. */
export type Prototypes = Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;

export interface Listeners {
  readonly listener: RequestListener;
  /** Answers an `Expect` other than `100-continue`, which Node answers itself (RFC 9110, 10.1.1). */
  readonly onExpectation: RequestListener;
  /** Answers what is no HTTP. */
  readonly onClientError: (error: NodeJS.ErrnoException, socket: Socket) => void;
}

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
  { listener, onExpectation, onClientError }: Listeners,
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
    // The listener looks at Host itself, and says what is wrong with it.
    requireHostHeader: false,
    // How often the two timeouts are looked at; the default is 30 seconds.
    connectionsCheckingInterval: 1000,
  };
  const server = tls ? createTlsServer({ ...options, ...tls }, listener) : createServer(options, listener);
  server.on('clientError', onClientError).on('checkExpectation', onExpectation);
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

/**
 * Only the port is closed. An HTTP server's own `close` destroys connections at once whose answer has been ended but not yet
 * been taken by a slow client, and those on which a request is just arriving.
 */
async function stop(server: Server | TlsServer): Promise<void> {
  const closed = once(server, 'close');
  NetServer.prototype.close.call(server);
  await closed;
}
