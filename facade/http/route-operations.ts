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

/** @throws ConfigError where two routes, or a route and a page, would answer the same requests. */
export function routeOperations(
  operations: readonly OperationRuntime[],
  streams?: string,
): Router<OperationRuntime> {
  const router = createRouter(operations.map((operation) => ({ ...operation.route, target: operation })));
  for (const page of streams === undefined ? PAGES : [...PAGES, streams]) {
    const route = router.find('GET', page)?.target.route;
    if (route === undefined) continue;
    throw new ConfigError([
      {
        path: ['services', route.service],
        message: `the route GET ${route.path} would hide the page ${page}; give it another path, e.g. /v1${route.path}`,
      },
    ]);
  }
  return router;
}
