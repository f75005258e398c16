import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../../../openapi/index.ts';
import type { DeferredRecord } from '../../commands/deferred-store.ts';
import type { Deferral } from '../../deferred/deferral.ts';
import { askAgainSeconds, toStatusDocument } from '../../deferred/status-document.ts';
import type { FacadeLog } from '../../log/create-log.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Cors } from '../cors.ts';
import type { Edge } from '../front.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import type { HttpHandler } from '../operation-handler.ts';
import { problemOfError } from '../problem-of-error.ts';
import { ProblemError } from '../problem.ts';
import { recordRequest, recordRoute } from '../request-record.ts';
import { sendProblem } from '../send-problem.ts';
import { OPERATIONS_PATH } from './answer-later.ts';

export interface OperationsOptions extends Edge {
  readonly deferral: Deferral;
  readonly authenticate: Authenticate;
  readonly rateLimiter: RateLimiter;
  readonly log: FacadeLog;
  readonly cors: Cors | undefined;
}

const PATH = /^\/v1\/operations\/([^/?]+)(?:\?|$)/;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const METHODS = ['GET', 'HEAD', 'DELETE', 'OPTIONS'];
const OK = 200;
const NO_CONTENT = 204;
const INTERNAL_ERROR = 500;

/** Limits know it by this. */
const STATUS_ROUTE: Route = {
  service: 'portico',
  wsdlService: '',
  port: '',
  operation: '',
  operationId: 'getOperation',
  method: 'GET',
  path: `${OPERATIONS_PATH}/{id}`,
  tags: [],
  scopes: [],
  parameters: [],
  presets: [],
  hasBody: false,
  hasOutput: true,
  status: OK,
  faults: [],
};

/** Answers for operations that are carried out later: how far one is, and that it is not wanted any more. */
export function createOperationsHandler(options: OperationsOptions): HttpHandler {
  return (request, response, next) => {
    const id = PATH.exec(request.url ?? '')?.[1];
    if (id === undefined) {
      next();
      return;
    }
    recordRequest(request, response, options);
    recordRoute(request, STATUS_ROUTE.path);
    answer(id, request, response, options).catch((error: unknown) => {
      answerError(error, request, response, options);
    });
  };
}

async function answer(
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: OperationsOptions,
): Promise<void> {
  const { method = '' } = request;
  if (method === 'OPTIONS') {
    answerOptions(request, response, options.cors);
    return;
  }
  if (!METHODS.includes(method))
    throw new ProblemError(
      'method-not-allowed',
      { detail: `This path has ${METHODS.join(', ')}.` },
      { Allow: METHODS.join(', ') },
    );
  const { principal } = await admit(request, response, options);
  if (!ID.test(id)) throw new ProblemError('not-found', { detail: 'You have no such operation.' });
  const { deferral } = options;
  send(response, await (method === 'DELETE' ? deferral.cancel(id, principal) : deferral.find(id, principal)));
}

/** As for every operation: whose token it is, and whether he asks too often. Failed attempts count by address. */
async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  { authenticate, rateLimiter }: OperationsOptions,
): Promise<Awaited<ReturnType<Authenticate>>> {
  const head: string[] = [];
  try {
    const caller = await Promise.resolve()
      .then(() => authenticate(request, head))
      .catch(async (error: unknown) => {
        await rateLimiter.spendUnknown(request, head);
        throw error;
      });
    await rateLimiter.spend(STATUS_ROUTE, caller, head);
    return caller;
  } finally {
    for (let index = 0; index < head.length; index += 2) response.setHeader(head[index]!, head[index + 1]!);
  }
}

function send(response: ServerResponse, record: DeferredRecord): void {
  const body = toStatusDocument(record);
  const seconds = askAgainSeconds(record);
  if (seconds !== undefined) response.setHeader('Retry-After', seconds);
  response
    .writeHead(OK, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Length': body.length,
    })
    .end(response.req.method === 'HEAD' ? undefined : body);
}

function answerOptions(request: IncomingMessage, response: ServerResponse, cors: Cors | undefined): void {
  const preflight = cors?.preflightHead(request, METHODS, []) ?? [];
  for (let index = 0; index < preflight.length; index += 2)
    response.setHeader(preflight[index]!, preflight[index + 1]!);
  response.writeHead(NO_CONTENT, { Allow: METHODS.join(', '), 'Cache-Control': 'no-store' }).end();
}

function answerError(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  options: OperationsOptions,
): void {
  const record = recordRequest(request, response, options);
  const { problem, headers } = problemOfError(error);
  record.code = problem.code;
  if (problem.status >= INTERNAL_ERROR)
    options.log.logger.error({ requestId: record.requestId, err: error }, problem.title);
  if (!response.headersSent) sendProblem(response, { ...problem, requestId: record.requestId }, headers);
}
