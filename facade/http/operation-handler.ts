import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { DecodeError } from '../../wsdl/index.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import { answerOperation, type Guards } from './answer-operation.ts';
import type { Exchange } from './exchange.ts';
import type { InFlight } from './in-flight.ts';
import { toProblem } from './problem.ts';
import { problemOfError } from './problem-of-error.ts';
import { recordRequest } from './request-record.ts';
import type { Router } from './router.ts';
import { sendProblem } from './send-problem.ts';

/** A plain handler over node:http: it fits before Express, inside any Express app, or into http.createServer. */
export type HttpHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface HandlerOptions {
  readonly router: Router<OperationRuntime>;
  readonly guards: Guards;
  readonly inFlight: InFlight;
  readonly logger: Logger;
}

const NO_CONTENT = 204;
const INTERNAL_ERROR = 500;

/** Answers the routes of the router, whatever goes wrong; everything else goes to `next`. */
export function createOperationHandler(options: HandlerOptions): HttpHandler {
  const { router } = options;
  return (request, response, next) => {
    const [path, query = ''] = splitOnce(request.url ?? '/');
    const match = router.find(request.method === 'HEAD' ? 'GET' : (request.method ?? ''), path);
    if (match === undefined) {
      const allow = allowedMethods(router, path);
      if (allow === '') next();
      else answerMethod(request, response, allow, options.logger);
      return;
    }
    const record = recordRequest(request, response, options.logger);
    record.route = match.target.route.path;
    const deadline = record.startedAt + options.guards.limits.requestTimeoutSeconds * 1000;
    const exchange = {
      request,
      response,
      record,
      operation: match.target,
      pathParameters: match.parameters,
      query,
      deadline,
      abort: new AbortController(),
    };
    abortOnClose(exchange);
    options.inFlight.track(run(exchange, options), exchange);
  };
}

/** Ends the call of a read when its client has gone. A write goes on: half of a transfer helps nobody. */
function abortOnClose({ response, operation, abort }: Exchange): void {
  if (operation.route.method !== 'GET') return;
  response.once('close', () => {
    if (!response.writableFinished) abort.abort();
  });
}

async function run(exchange: Exchange, { guards, logger }: HandlerOptions): Promise<void> {
  try {
    await answerOperation(exchange, guards);
  } catch (error) {
    answerError(exchange, error, logger);
  }
}

/** The edge: here errors become problems. Those of our side and of the services are also told to the log. */
function answerError({ response, record, operation, abort }: Exchange, error: unknown, logger: Logger): void {
  const { problem, headers, cause = error } = problemOfError(error, operation);
  record.code = problem.code;
  const hasClientGone = response.destroyed && abort.signal.aborted;
  if (hasClientGone) return;
  if (problem.status >= INTERNAL_ERROR)
    logger.error({ requestId: record.requestId, err: withoutPayload(cause) }, problem.title);
  if (response.headersSent || response.destroyed) response.destroy();
  else sendProblem(response, { ...problem, requestId: record.requestId }, headers);
}

/** The message of a DecodeError may quote what the service sent; where it broke is enough to find out. */
function withoutPayload(error: unknown): unknown {
  return error instanceof DecodeError ? { type: error.name, code: error.code, path: error.path } : error;
}

function answerMethod(
  request: IncomingMessage,
  response: ServerResponse,
  allow: string,
  logger: Logger,
): void {
  const record = recordRequest(request, response, logger);
  if (request.method === 'OPTIONS') {
    response.writeHead(NO_CONTENT, { Allow: allow, 'Cache-Control': 'no-store' }).end();
    return;
  }
  record.code = 'method-not-allowed';
  sendProblem(
    response,
    toProblem('method-not-allowed', { detail: `This path has ${allow}.`, requestId: record.requestId }),
    { Allow: allow },
  );
}

/** `GET, HEAD, OPTIONS`, or '' if there is no such path. */
function allowedMethods(router: Router<OperationRuntime>, path: string): string {
  const methods = router.methodsOf(path);
  if (methods.length === 0) return '';
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function splitOnce(url: string): [path: string, query?: string] {
  const end = url.indexOf('?');
  return end === -1 ? [url] : [url.slice(0, end), url.slice(end + 1)];
}
