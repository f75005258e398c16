import { connect } from 'node:net';
import { Pool, type Dispatcher } from 'undici';
import type { Connector, SoapReply, SoapRequest } from '../connector.ts';
import { Exchange } from './exchange.ts';
import { judgeReply } from './judge-reply.ts';
import { requestHeaders } from './request-headers.ts';
import { markStart } from './mark-start.ts';
import { sendError } from './transport-error.ts';

export interface SoapHttpOptions {
  /** http or https URL of the port. */
  readonly endpoint: string;
  /** Connections at the same time; more requests wait their turn. Default 32. */
  readonly connections?: number;
  /** Default 5 s. */
  readonly connectTimeoutMs?: number;
  /** Most bytes of one answer, decompressed. Default 64 MiB. */
  readonly maxReplyBytes?: number;
}

const reachableWithinMs = 1000;

/**
 * SOAP over HTTP (SOAP 1.1, 6; SOAP 1.2 Part 2, 7) on a pool of kept-alive connections. Each request is sent once: what
 * may have arrived is never sent again here.
 * @throws TypeError if the endpoint is no http or https URL.
 */
export function createSoapHttpConnector(options: SoapHttpOptions): Connector {
  const endpoint = parseEndpoint(options.endpoint);
  const pool = new Pool(endpoint.origin, {
    connections: options.connections ?? 32,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: options.connectTimeoutMs ?? 5000 },
    // The exchange's deadline bounds the wait for headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const maxBytes = options.maxReplyBytes ?? 64 * 1024 * 1024;
  return {
    send: (request) => send(pool, endpoint, request, maxBytes),
    isReachable: () => isReachable(endpoint),
    close: () => pool.close(),
  };
}

function parseEndpoint(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError('endpoint: an absolute http or https URL is expected');
  if (url.username || url.password)
    throw new TypeError(`endpoint: ${shownEndpoint(url)} must not hold credentials`);
  return url;
}

/** For messages: neither query (may hold keys) nor credentials. */
function shownEndpoint(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

async function send(pool: Pool, endpoint: URL, request: SoapRequest, maxBytes: number): Promise<SoapReply> {
  const exchange = new Exchange(shownEndpoint(endpoint), request.deadline, request.signal);
  try {
    const { statusCode, headers, body } = await exchange.race(post(pool, endpoint, request, exchange));
    const header = (name: string): string | undefined => [headers[name]].flat()[0];
    return await judgeReply(exchange, { status: statusCode, header, body }, request.isOneWay, maxBytes);
  } catch (error) {
    exchange.end();
    throw sendError(exchange, error);
  }
}

async function post(
  pool: Pool,
  endpoint: URL,
  request: SoapRequest,
  exchange: Exchange,
): Promise<Dispatcher.ResponseData> {
  const dispatcher = pool.compose(
    markStart(() => {
      exchange.hasStarted = true;
    }),
  );
  return dispatcher.request({
    origin: endpoint.origin,
    path: `${endpoint.pathname}${endpoint.search}`,
    method: 'POST',
    headers: requestHeaders(request),
    body: request.envelope,
    signal: exchange.signal,
  });
}

function isReachable({ protocol, hostname, port }: URL): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    timeout: reachableWithinMs,
  });
  const answer = (isUp: boolean) => (): void => {
    socket.destroy();
    resolve(isUp);
  };
  socket.once('connect', answer(true)).once('timeout', answer(false)).once('error', answer(false));
  return promise;
}
