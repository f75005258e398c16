import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AnswerHead } from './answer-head.ts';
import type { Listeners } from './listen.ts';
import { toProblem, type Problem, type ProblemCode } from './problem.ts';
import { recordRequest, type RecordOptions } from './request-record.ts';
import { sendProblem } from './send-problem.ts';

/** What every answer at the port has to do with, whoever gives it. */
export interface Edge {
  readonly log: RecordOptions;
  readonly answerHead: AnswerHead;
}

export interface FrontEdge extends Edge {
  /** Answers then close their connections, pages and refusals included. */
  readonly isStopping: () => boolean;
}

const NO_CONTENT = 204;
/** RFC 3986, 3.2.2: a name, an address, and a port. */
const HOST = /^[A-Za-z0-9.:_~!$&'()*+,;=%[\]-]*$/;
/** Never part of a URL as it is sent: what some read as its end, as a slash, or as another character. */
const NO_URL = /[#\\\0-\x20\x7f-\uffff]/;
const ABSOLUTE = /^https?:\/\/[^/?]*(.*)$/i;

/**
 * Stands before everything at our own port: refuses requests that two readers could understand differently, and gives the rest
 * to `next` with a path in `url` (RFC 9112, 3.2). After a refusal the connection is closed: where that request ended, nobody
 * knows for certain, so that what seemed to follow it is not looked at.
 */
export function createFront(
  next: RequestListener,
  edge: FrontEdge,
  onClientError: Listeners['onClientError'],
): Listeners {
  const closing = new WeakSet<Socket>();
  const refuse = (
    request: IncomingMessage,
    response: ServerResponse,
    code: ProblemCode,
    members: Partial<Problem> = {},
  ): void => {
    closing.add(request.socket);
    const record = recordRequest(request, response, edge);
    record.code = code;
    const problem = toProblem(code, { ...members, requestId: record.requestId });
    sendProblem(response, problem, { Connection: 'close' });
  };
  return {
    listener(request, response) {
      if (closing.has(request.socket)) return;
      if (edge.isStopping()) response.setHeader('Connection', 'close');
      const fault = faultOf(request);
      if (fault !== undefined) {
        refuse(request, response, 'malformed-request', { detail: fault });
        return;
      }
      const { url = '/' } = request;
      if (url === '*') {
        recordRequest(request, response, edge);
        response.writeHead(NO_CONTENT, { 'Cache-Control': 'no-store' }).end();
        return;
      }
      if (!url.startsWith('/')) request.url = toOriginForm(url);
      next(request, response);
    },
    onExpectation(request, response) {
      if (!closing.has(request.socket)) refuse(request, response, 'expectation-failed');
    },
    onClientError(error, socket) {
      if (!closing.has(socket)) onClientError(error, socket);
    },
  };
}

function faultOf({
  method,
  url = '/',
  headers,
  rawHeaders,
  httpVersion,
}: IncomingMessage): string | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 'The version of HTTP is not one of this port.';
  const { host } = headers;
  if (host === undefined && httpVersion !== '1.0') return 'The header Host is missing.';
  if (host !== undefined && (!HOST.test(host) || hasTwoHosts(rawHeaders)))
    return 'The header Host must name one host.';
  if (NO_URL.test(url)) return 'The URL has characters that must be percent-encoded.';
  if (url.startsWith('/') || (url === '*' && method === 'OPTIONS') || ABSOLUTE.test(url)) return undefined;
  return 'The URL is no path.';
}

/** Node keeps the first of them, others the last. */
function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count > 1;
}

/** Of `http://host/path` the path, percent-encoded as it came. The host is nobody's but the proxy's that sent it. */
function toOriginForm(url: string): string {
  const path = ABSOLUTE.exec(url)?.[1] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}
