import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { AsyncApiDocument, OpenApiDocument } from '../../../openapi/index.ts';
import type { FacadeLog } from '../../log/create-log.ts';
import type { CompressionConfig } from '../../config/answers-config.ts';
import type { AnswerHead } from '../answer-head.ts';
import type { Edge } from '../front.ts';
import type { Metrics } from '../../metrics/create-metrics.ts';
import type { HttpHandler } from '../operation-handler.ts';
import { ProblemError } from '../problem.ts';
import { problemOfError } from '../problem-of-error.ts';
import type { Streams } from '../events/streams-handler.ts';
import { recordRequest, recordRoute } from '../request-record.ts';
import { sendProblem } from '../send-problem.ts';
import { createNegotiateCoding } from '../coding/content-coding.ts';
import { keptPage } from './kept-page.ts';
import { addDocs } from './add-docs.ts';
import { addPage } from './page.ts';
import { publicReadiness, statusOfReadiness, type Readiness } from './readiness.ts';

export interface AppOptions {
  readonly handler: HttpHandler;
  readonly openApi: () => OpenApiDocument;
  readonly asyncApi: () => AsyncApiDocument;
  readonly readiness: () => Promise<Readiness>;
  /** Missing where there are none. */
  readonly streams?: Streams | undefined;
  readonly log: FacadeLog;
  readonly answerHead: AnswerHead;
  readonly compression: CompressionConfig;
  /** Given if they are for everybody. */
  readonly metrics?: Metrics | undefined;
  /** Adds middleware and routes of one's own, after the operations and before the 404. */
  readonly extend?: (app: Express) => void;
}

const INTERNAL_ERROR = 500;

/** The operations, and the pages around them. */
export function createApp({
  handler,
  openApi,
  asyncApi,
  readiness,
  streams,
  log,
  answerHead,
  compression,
  metrics,
  extend,
}: AppOptions): Express {
  const edge = { log, answerHead };
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(handler as RequestHandler, started(edge));
  addPage(app, '/healthz', (_request, response) => void response.json({ status: 'ok' }));
  addPage(app, '/readyz', async (_request, response) => {
    const state = await readiness();
    response.status(statusOfReadiness(state)).json(publicReadiness(state));
  });
  if (metrics !== undefined)
    addPage(app, '/metrics', async (_request, response) => {
      response.setHeader('Content-Type', metrics.contentType).end(await metrics.text());
    });
  const negotiateCoding = createNegotiateCoding(compression);
  const addDocument = (path: string, make: () => object): void => {
    addPage(
      app,
      path,
      keptPage('json', () => JSON.stringify(make()), negotiateCoding),
    );
  };
  addDocument('/openapi.json', openApi);
  addDocument('/asyncapi.json', asyncApi);
  addDocs(app, negotiateCoding);
  if (streams !== undefined) addStreams(app, streams);
  extend?.(app);
  app.use((_request, _response, next) => {
    next(new ProblemError('not-found'));
  });
  app.use(failed(edge, log));
  return app;
}

/** Not an operation: it has no contract, and goes on as long as its client. */
function addStreams(app: Express, streams: Streams): void {
  app.all(streams.path, (request, response) => {
    recordRoute(request, streams.path);
    return streams.answer(request, response);
  });
}

function started(edge: Edge): RequestHandler {
  return (request, response, next) => {
    recordRequest(request, response, edge);
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

function failed(edge: Edge, { logger }: FacadeLog): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const record = recordRequest(request, response, edge);
    const { problem, headers } = problemOfError(error);
    record.code = problem.code;
    if (problem.status >= INTERNAL_ERROR)
      logger.error({ requestId: record.requestId, err: error }, problem.title);
    if (response.headersSent) next(error);
    else sendProblem(response, { ...problem, requestId: record.requestId }, headers);
  };
}
