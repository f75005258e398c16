import type { IncomingMessage, ServerResponse } from 'node:http';
import { DecodeError } from '../../wsdl/index.ts';
import type { Audit } from '../log/audit-log.ts';
import type { FacadeLog } from '../log/create-log.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import { toTraceparent } from '../trace/trace.ts';
import type { AnswerHead } from './answer-head.ts';
import type { Work } from './after.ts';
import { answerMethod } from './answer-method.ts';
import { answerOperation, type Guards } from './answer-operation.ts';
import { Cancel } from './cancel.ts';
import { createNegotiateCoding } from './coding/content-coding.ts';
import type { Cors } from './cors.ts';
import { deprecationHead } from './deprecation-head.ts';
import type { Exchange } from './exchange.ts';
import { preferredWait } from './input/prefer-wait.ts';
import type { InFlight } from './in-flight.ts';
import type { Admission } from './limits/admission.ts';
import { outcomeOf } from './outcome-of.ts';
import { problemOfError } from './problem-of-error.ts';
import { beginRecord, logRecord } from './request-record.ts';
import type { Router } from './router.ts';
import { answerProblem } from './send-problem.ts';

/** A plain handler over node:http: it fits before Express, inside any Express app, or into http.createServer. */
export type HttpHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface HandlerOptions {
  readonly router: Router<OperationRuntime>;
  readonly guards: Guards;
  readonly admission: Admission;
  readonly inFlight: InFlight;
  readonly log: FacadeLog;
  readonly answerHead: AnswerHead;
  /** Missing: no script of another site may read anything. */
  readonly cors?: Cors | undefined;
  /** Missing where nothing is counted. */
  readonly metrics?: Metrics | undefined;
}

const INTERNAL_ERROR = 500;

/** Answers the routes of the router, whatever goes wrong; everything else goes to `next`. */
export function createOperationHandler(options: HandlerOptions): HttpHandler {
  const { router, log, answerHead, cors } = options;
  const methods = { router, cors, log, answerHead };
  const { limits } = options.guards;
  const negotiateCoding = createNegotiateCoding(limits.compression);
  const requestMs = limits.requestTimeoutSeconds * 1000;
  return (request, response, next) => {
    const { url = '/', method = '' } = request;
    const end = url.indexOf('?');
    const path = end === -1 ? url : url.slice(0, end);
    const match = router.find(method === 'HEAD' ? 'GET' : method, path);
    if (match === undefined) {
      if (!answerMethod(methods, path, request, response)) next();
      return;
    }
    const wait = preferredWait(request.headers.prefer);
    const record = beginRecord(request, log.readTrace, match.target.route);
    const exchange = {
      request,
      response,
      record,
      operation: match.target,
      pathParameters: match.parameters,
      query: end === -1 ? '' : url.slice(end + 1),
      deadline: record.startedAt + Math.min(requestMs, (wait ?? Infinity) * 1000),
      abort: new Cancel(),
      codings: negotiateCoding(request.headers['accept-encoding']),
      standing: answerHead(request),
      head: ['X-Request-Id', record.requestId],
      page: undefined,
      begunAt: 0,
      isAdmitted: false,
      place: -1,
      endsToCome: 2,
    };
    const { deprecated } = match.target.route;
    if (deprecated !== undefined) exchange.head.push(...deprecationHead(deprecated));
    if (log.showsTrace && record.trace !== undefined)
      exchange.head.push('traceparent', toTraceparent(record.trace));
    if (wait !== undefined && wait * 1000 <= requestMs)
      exchange.head.push('Preference-Applied', `wait=${wait}`);
    response.on('close', () => {
      close(exchange, options);
    });
    run(exchange, options);
  };
}

/** Ends the call of a read when its client has gone. A write goes on: half of a transfer helps nobody. */
function close(exchange: Exchange, { inFlight, log }: HandlerOptions): void {
  const { response, record, operation, abort } = exchange;
  if (!response.writableFinished && operation.route.method === 'GET') abort.abort();
  logRecord(record, response, log.request);
  leave(exchange, inFlight);
}

/** A request is in flight until its work is done and its client has the answer, or is gone. */
function leave(exchange: Exchange, inFlight: InFlight): void {
  exchange.endsToCome -= 1;
  if (exchange.endsToCome === 0) inFlight.end(exchange);
}

function run(exchange: Exchange, options: HandlerOptions): void {
  const { admission, guards, inFlight } = options;
  const { meter } = exchange.operation;
  if (meter !== undefined) exchange.begunAt = performance.now();
  meter?.begin();
  inFlight.begin(exchange);
  try {
    const admitted = admission.enter(exchange.response);
    const work =
      admitted === undefined ? begin(exchange, guards) : admitted.then(() => begin(exchange, guards));
    if (work === undefined) end(exchange, options);
    else
      void work.then(
        () => {
          end(exchange, options);
        },
        (error: unknown) => {
          fail(exchange, error, options);
        },
      );
  } catch (error) {
    fail(exchange, error, options);
  }
}

function begin(exchange: Exchange, guards: Guards): Work {
  exchange.isAdmitted = true;
  return answerOperation(exchange, guards);
}

function fail(exchange: Exchange, error: unknown, options: HandlerOptions): void {
  answerError(exchange, error, options.log);
  end(exchange, options);
}

function end(exchange: Exchange, { admission, inFlight, log, metrics }: HandlerOptions): void {
  if (exchange.isAdmitted) admission.leave();
  if (metrics !== undefined) count(exchange, metrics);
  if (log.audit !== undefined) audit(exchange, log.audit);
  leave(exchange, inFlight);
}

const CLIENT_GONE = 499;

/** Now and not when the client has gone: how a write ends is known only here. */
function audit(exchange: Exchange, write: Audit): void {
  const { record, operation } = exchange;
  const { route } = operation;
  const status = statusOf(exchange);
  write({ ...record, route, status, outcome: outcomeOf(record, status) });
}

function count(exchange: Exchange, metrics: Metrics): void {
  const { record, operation, begunAt } = exchange;
  operation.meter?.end(statusOf(exchange), performance.now() - begunAt, record);
  if (record.code !== undefined) metrics.countProblem(record.code);
}

function statusOf({ record, response }: Exchange): number {
  return record.brokenOff ?? (response.headersSent ? response.statusCode : CLIENT_GONE);
}

/** The edge: here errors become problems. Those of our side and of the services are also told to the log. */
function answerError(exchange: Exchange, error: unknown, { logger }: FacadeLog): void {
  const { response, record, operation, abort } = exchange;
  const { problem, headers, cause = error } = problemOfError(error, operation);
  record.code = problem.code;
  if (problem.outcome === 'unknown' || problem.code === 'outcome-unknown') record.ending = 'unknown';
  const hasClientGone = response.destroyed && abort.aborted;
  if (hasClientGone) return;
  // Turning requests away must cost little.
  if (problem.status >= INTERNAL_ERROR && problem.code !== 'overloaded')
    logger.error({ requestId: record.requestId, err: withoutPayload(cause) }, problem.title);
  if (response.headersSent || response.destroyed) breakOff(exchange, problem.status);
  else answerProblem(exchange, { ...problem, requestId: record.requestId }, headers);
}

/** The status is out already; that the answer does not end as it should is all that can be told. */
function breakOff({ response, record }: Exchange, status: number): void {
  if (!response.destroyed) record.brokenOff = status;
  response.destroy();
}

/** The message of a DecodeError may quote what the service sent; where it broke is enough to find out. */
function withoutPayload(error: unknown): unknown {
  return error instanceof DecodeError ? { type: error.name, code: error.code, path: error.path } : error;
}
