import { ConfigError } from '../config/config-problem.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import { createRouter, type Router } from './router.ts';

/** Paths that the facade itself answers. */
const PAGES = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/openapi.json',
  '/asyncapi.json',
  '/docs',
  '/docs/swagger-ui.css',
];

/** Where the outcome is asked for of what is carried out later. */
const OPERATIONS = (['GET', 'DELETE'] as const).map(
  (method) => [method, '/v1/operations/00000000-0000-0000-0000-000000000000'] as const,
);

/** @throws ConfigError where two routes, or a route and a page, would answer the same requests. */
export function routeOperations(
  operations: readonly OperationRuntime[],
  streams?: string,
): Router<OperationRuntime> {
  const router = createRouter(operations.map((operation) => ({ ...operation.route, target: operation })));
  const pages = streams === undefined ? PAGES : [...PAGES, streams];
  const isLater = operations.some(({ route }) => route.deferral !== undefined);
  const own = [...pages.map((page) => ['GET', page] as const), ...(isLater ? OPERATIONS : [])];
  for (const [method, page] of own) {
    const route = router.find(method, page)?.target.route;
    if (route === undefined) continue;
    throw new ConfigError([
      {
        path: ['services', route.service],
        message: `the route ${method} ${route.path} would hide the page ${page}; give it another path, e.g. /v1${route.path}`,
      },
    ]);
  }
  return router;
}
