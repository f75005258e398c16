import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Cors } from './cors.ts';
import type { Edge } from './front.ts';
import { toProblem } from './problem.ts';
import { recordRequest } from './request-record.ts';
import type { Router } from './router.ts';
import { sendProblem } from './send-problem.ts';

export interface MethodsOptions extends Edge {
  readonly router: Router<OperationRuntime>;
  readonly cors: Cors | undefined;
}

const NO_CONTENT = 204;

/** Answers a method that a path of the router does not have, or OPTIONS. @returns false if there is no such path. */
export function answerMethod(
  options: MethodsOptions,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const methods = methodsOf(options.router, path);
  if (methods.length === 0) return false;
  const record = recordRequest(request, response, options);
  const allow = methods.join(', ');
  if (request.method === 'OPTIONS') {
    const preflight = options.cors?.preflightHead(request, methods, headersOf(options.router, path)) ?? [];
    for (let index = 0; index < preflight.length; index += 2)
      response.setHeader(preflight[index]!, preflight[index + 1]!);
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

/** Empty if there is no such path. */
function methodsOf(router: Router<unknown>, path: string): readonly string[] {
  const methods = router.methodsOf(path);
  if (methods.length === 0) return [];
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

/** Header parameters of the operations at a path. */
function headersOf(router: Router<OperationRuntime>, path: string): readonly string[] {
  const routes = router.methodsOf(path).map((method) => router.find(method, path)!.target.route);
  const headers = routes.flatMap(({ parameters }) =>
    parameters.filter((parameter) => parameter.in === 'header'),
  );
  return [...new Set(headers.map(({ name }) => name))];
}
