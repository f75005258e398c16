import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MockControl } from '../control/mock-control.ts';
import { ScenarioError } from '../scenario/source/problem.ts';
import { pagePolicy, toMockPage } from '../page/mock-page.ts';
import { send } from '../send.ts';
import { assertLocal } from './admin-request.ts';
import { AdminProblem, sendProblem } from './problem.ts';
import { ADMIN_ROUTES, type AdminRoute } from './routes.ts';

/** Where the admin API is, before the paths of services, which begin with a name of XML. */
export const ADMIN_PREFIX = '/__portico';

export function isAdmin(pathname: string): boolean {
  return pathname === ADMIN_PREFIX || pathname.startsWith(`${ADMIN_PREFIX}/`);
}

/** Answers a request below the prefix, by problem+json where it cannot. */
export async function answerAdmin(
  control: MockControl,
  { pathname, searchParams }: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    assertLocal(request);
    if (isPage(pathname) && request.method === 'GET') {
      sendPage(response);
      return;
    }
    const segments = segmentsOf(pathname.slice(ADMIN_PREFIX.length));
    const route = routeOf(request.method ?? 'GET', segments);
    const names = segments.filter((_, index) => route.path.split('/')[index + 1] === '{}');
    const answer = await route.run({ control, names, query: searchParams, request });
    if (answer === undefined) response.writeHead(204).end();
    else send(response, 200, 'application/json', JSON.stringify(answer));
  } catch (error) {
    sendProblem(response, toProblem(error));
  }
}

function isPage(pathname: string): boolean {
  return pathname === ADMIN_PREFIX || pathname === `${ADMIN_PREFIX}/`;
}

function sendPage(response: ServerResponse): void {
  const headers = { 'content-security-policy': pagePolicy(), 'x-content-type-options': 'nosniff' };
  send(response, 200, 'text/html', toMockPage(), headers);
}

function routeOf(method: string, segments: readonly string[]): AdminRoute {
  const there = ADMIN_ROUTES.filter(({ path }) => isAt(path.split('/').slice(1), segments));
  const found = there.find((route) => route.method === method);
  if (found !== undefined) return found;
  if (there.length === 0) throw new AdminProblem(404, `nothing is here; docs/mocks.md lists the admin API`);
  throw new AdminProblem(405, `use ${there.map((route) => route.method).join(', ')}`);
}

function isAt(path: readonly string[], segments: readonly string[]): boolean {
  return (
    path.length === segments.length && path.every((part, index) => part === '{}' || part === segments[index])
  );
}

function segmentsOf(path: string): string[] {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    throw new AdminProblem(400, 'the path is not well encoded');
  }
}

function toProblem(error: unknown): AdminProblem {
  if (error instanceof AdminProblem) return error;
  if (error instanceof ScenarioError)
    return new AdminProblem(422, error.message, { problems: error.problems });
  return new AdminProblem(500, `the mock failed: ${error instanceof Error ? error.message : String(error)}`);
}
