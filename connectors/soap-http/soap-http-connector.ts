import { connect } from 'node:net';
import { Pool } from 'undici';
import type { Connector, SoapReply, SoapRequest } from '../connector.ts';
import { Exchange } from './exchange.ts';
import { createRequestHeaders, type RequestHeaders } from './request-headers.ts';
import { SoapCall } from './soap-call.ts';

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

/** What all calls of a connector share. */
interface Way {
  readonly pool: Pool;
  readonly origin: string;
  readonly path: string;
  /** For messages: neither query (may hold keys) nor credentials. */
  readonly shown: string;
  readonly headersOf: RequestHeaders;
  readonly maxBytes: number;
}

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
  const way: Way = {
    pool,
    origin: endpoint.origin,
    path: `${endpoint.pathname}${endpoint.search}`,
    shown: shownEndpoint(endpoint),
    headersOf: createRequestHeaders(),
    maxBytes: options.maxReplyBytes ?? 64 * 1024 * 1024,
  };
  return {
    send: (request) => send(way, request),
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

function shownEndpoint(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** undici's `dispatch`, without the stream and the promises that its `request` puts around it. */
function send(way: Way, request: SoapRequest): Promise<SoapReply> {
  const exchange = new Exchange(way.shown, request.deadline, request.signal);
  if (exchange.failure !== undefined) return Promise.reject(exchange.failure);
  const call = new SoapCall(exchange, request.isOneWay, way.maxBytes);
  const { path, origin } = way;
  const headers = way.headersOf(request);
  way.pool.dispatch({ origin, path, method: 'POST', headers, body: request.envelope }, call);
  return call.reply;
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
