import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import type { Connector, SoapReply, SoapRequest } from '../connector.ts';
import { createDispatcher, type ConnectionOptions, type RequestDispatcher } from './create-dispatcher.ts';
import { Exchange } from './exchange.ts';
import { createRequestHeaders, type RequestHeaders } from './request-headers.ts';
import { getStatus } from './get-status.ts';
import { packageBody } from './package-body.ts';
import { SoapCall, type ReplyLimits } from './soap-call.ts';

export interface SoapHttpOptions extends ConnectionOptions {
  /** http or https URL of the port. */
  readonly endpoint: string;
  /** Value of the header Authorization of each request (RFC 9110, 11.6.2). */
  readonly authorization?: string;
  /** Most bytes of one answer, decompressed. Default 64 MiB. */
  readonly maxReplyBytes?: number;
  /** The same for an answer with attachments, which need not be held whole. Default 1 GiB. */
  readonly maxPackageBytes?: number;
}

const reachableWithinMs = 1000;
const MEBIBYTE = 1024 * 1024;

/** What all calls of a connector share. */
interface Way {
  readonly dispatcher: RequestDispatcher;
  readonly origin: string;
  readonly path: string;
  /** For messages: neither query (may hold keys) nor credentials. */
  readonly shown: string;
  readonly headersOf: RequestHeaders;
  readonly limits: ReplyLimits;
}

/**
 * SOAP over HTTP (SOAP 1.1, 6; SOAP 1.2 Part 2, 7) on a pool of kept-alive connections. Each request is sent once: what
 * may have arrived is never sent again here.
 * @throws TypeError if the endpoint is no http or https URL.
 */
export function createSoapHttpConnector(options: SoapHttpOptions): Connector {
  const endpoint = parseEndpoint(options.endpoint);
  const dispatcher = createDispatcher(endpoint.origin, options);
  const way: Way = {
    dispatcher,
    origin: endpoint.origin,
    path: `${endpoint.pathname}${endpoint.search}`,
    shown: shownUrl(endpoint),
    headersOf: createRequestHeaders(options.authorization),
    limits: {
      maxBytes: options.maxReplyBytes ?? 64 * MEBIBYTE,
      maxPackageBytes: options.maxPackageBytes ?? 1024 * MEBIBYTE,
    },
  };
  return {
    send: (request) => send(way, request),
    isReachable: () => isReachable(options.proxy === undefined ? endpoint : new URL(options.proxy)),
    getStatus: (path, timeoutMs) => getStatus(dispatcher, way.origin, path, timeoutMs),
    close: () => dispatcher.close(),
  };
}

function parseEndpoint(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError('endpoint: an absolute http or https URL is expected');
  if (url.username || url.password)
    throw new TypeError(`endpoint: ${shownUrl(url)} must not hold credentials`);
  return url;
}

/** For messages and pages: neither credentials nor query, which may hold keys. */
export function shownUrl(url: URL): string {
  // A scheme that the URL standard does not know, amqp for one, has no origin.
  return `${url.origin === 'null' ? url.protocol : url.origin}${url.pathname}`;
}

/** undici's `dispatch`, without the stream and the promises that its `request` puts around it. */
function send(way: Way, request: SoapRequest): Promise<SoapReply> {
  const exchange = new Exchange(way.shown, request.deadline, request.signal);
  if (exchange.failure !== undefined) return Promise.reject(exchange.failure);
  const call = new SoapCall(exchange, request.isOneWay, way.limits);
  const { path, origin } = way;
  const { headers, body } = payloadOf(way, request);
  way.dispatcher.dispatch({ origin, path, method: 'POST', headers, body }, call);
  return call.reply;
}

function payloadOf(way: Way, request: SoapRequest): { headers: string[]; body: Uint8Array | Readable } {
  const { packaging, envelope } = request;
  if (packaging === undefined) return { headers: way.headersOf(request), body: envelope };
  const { contentType, body } = packageBody({ ...request, packaging });
  return { headers: way.headersOf(request, contentType), body };
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
