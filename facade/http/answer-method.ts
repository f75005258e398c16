import type { IncomingMessage, ServerResponse } from 'node:http';
import { toProblem } from './problem.ts';
import { recordRequest, type RecordOptions } from './request-record.ts';
import type { Router } from './router.ts';
import { sendProblem } from './send-problem.ts';

const NO_CONTENT = 204;

/** Answers a method that a path of the router does not have, or OPTIONS. @returns false if there is no such path. */
export function answerMethod(
  router: Router<unknown>,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: RecordOptions,
): boolean {
  const allow = allowedMethods(router, path);
  if (allow === '') return false;
  const record = recordRequest(request, response, options);
  if (request.method === 'OPTIONS') {
    response.writeHead(NO_CONTENT, { Allow: allow, 'Cache-Control': 'no-store' }).end();
    return true;
  }
  record.code = 'method-not-allowed';
  sendProblem(
    response,
    toProblem('method-not-allowed', { detail: `This path has ${allow}.`, requestId: record.requestId }),
    { Allow: allow },
  );
  return true;
}

/** `GET, HEAD, OPTIONS`, or '' if there is no such path. */
function allowedMethods(router: Router<unknown>, path: string): string {
  const methods = router.methodsOf(path);
  if (methods.length === 0) return '';
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}
