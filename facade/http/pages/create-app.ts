import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { OpenApiDocument } from '../../../openapi/index.ts';
import type { FacadeLog } from '../../log/create-log.ts';
import type { HttpHandler } from '../operation-handler.ts';
import { ProblemError } from '../problem.ts';
import { problemOfError } from '../problem-of-error.ts';
import { recordRequest } from '../request-record.ts';
import { sendProblem } from '../send-problem.ts';
import { addDocs } from './add-docs.ts';
import { addPage } from './page.ts';
import type { Readiness } from './readiness.ts';

export interface AppOptions {
  readonly handler: HttpHandler;
  readonly openApi: () => OpenApiDocument;
  readonly readiness: () => Promise<Readiness>;
  readonly log: FacadeLog;
  /** Adds middleware and routes of one's own, after the operations and before the 404. */
  readonly extend?: (app: Express) => void;
}

const OK = 200;
const INTERNAL_ERROR = 500;
const UNAVAILABLE = 503;

/** The operations, and the pages around them. */
export function createApp({ handler, openApi, readiness, log, extend }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(handler as RequestHandler, started(log));
  addPage(app, '/healthz', (_request, response) => void response.json({ status: 'ok' }));
  addPage(app, '/readyz', async (_request, response) => {
    const state = await readiness();
    const isReady = state.status === 'ready' || state.status === 'degraded';
    response.status(isReady ? OK : UNAVAILABLE).json(state);
  });
  let document: string | undefined;
  addPage(app, '/openapi.json', (_request, response) => {
    document ??= JSON.stringify(openApi());
    response.type('json').send(document);
  });
  addDocs(app);
  extend?.(app);
  app.use((_request, _response, next) => {
    next(new ProblemError('not-found'));
  });
  app.use(failed(log));
  return app;
}

function started(log: FacadeLog): RequestHandler {
  return (request, response, next) => {
    recordRequest(request, response, log);
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

function failed(log: FacadeLog): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const record = recordRequest(request, response, log);
    const { problem, headers } = problemOfError(error);
    record.code = problem.code;
    if (problem.status >= INTERNAL_ERROR)
      log.logger.error({ requestId: record.requestId, err: error }, problem.title);
    if (response.headersSent) next(error);
    else sendProblem(response, { ...problem, requestId: record.requestId }, headers);
  };
}
