import type { Express, RequestHandler } from 'express';
import { ProblemError } from '../problem.ts';
import { recordRoute } from '../request-record.ts';

const NO_CONTENT = 204;
const ALLOW = 'GET, HEAD, OPTIONS';

/** A page to read: any other method is answered as for the operations. */
export function addPage(app: Express, path: string, show: RequestHandler): void {
  app.all(path, (request, _response, next) => {
    recordRoute(request, path);
    next();
  });
  app.get(path, show);
  app.all(path, (request, response, next) => {
    if (request.method === 'OPTIONS') response.status(NO_CONTENT).setHeader('Allow', ALLOW).end();
    else
      next(new ProblemError('method-not-allowed', { detail: `This path has ${ALLOW}.` }, { Allow: ALLOW }));
  });
}
