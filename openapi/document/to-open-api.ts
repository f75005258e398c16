import type { Route } from '../route.ts';
import { createComponentNames, type ComponentNames } from '../schema/component-names.ts';
import { Components } from '../schema/components.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import { takeName, toCamelCase } from '../words.ts';
import { DEFERRAL_TAG, hasDeferral, toDeferralPaths, toDeferralSchemas, withDeferral } from './deferral.ts';
import { exampleOf } from './examples.ts';
import { EVENTS_TAG, toEventStream } from './event-stream.ts';
import { createFaultProblems } from './fault-problems.ts';
import type { OpenApiDocument, OperationObject, PathItemObject } from './open-api-document.ts';
import { toRequest } from './operation.ts';
import { operationOf } from './operation-of.ts';
import type { OpenApiOptions, ServiceSurface, TokenUse } from './options.ts';
import { RESERVED_SCHEMAS, toProblemSchemas } from './problems.ts';
import { toResponses, type FaultProblems } from './responses.ts';
import { toSharedComponents } from './shared-components.ts';
import { BEARER_ALONE, toSecurity } from './security.ts';
import { toTags } from './tags.ts';

/**
 * The OpenAPI 3.1 document of some services. Only types that routes reach are in it. The same input gives the same
 * document. @throws Error if two routes take the same requests.
 */
export function toOpenApi(services: readonly ServiceSurface[], options: OpenApiOptions): OpenApiDocument {
  const { tokens = BEARER_ALONE } = options;
  const hasRoutes = services.some(({ routes }) => routes.length > 0);
  const allRoutes = services.flatMap(({ routes }) => routes);
  const schemas = new Map(
    hasRoutes ? [...toProblemSchemas(options.problems), ...toDeferralSchemas(allRoutes)] : [],
  );
  const names = createComponentNames(services, RESERVED_SCHEMAS);
  const operationIds = new Set<string>();
  const paths: Record<string, PathItemObject> = {};
  services.forEach((service, index) => {
    const surface = new SurfaceWriter(service, names[index]!, schemas, { ...options, tokens });
    for (const [route, operation] of surface.operations(operationIds)) addOperation(paths, route, operation);
  });
  Object.assign(
    paths,
    toDeferralPaths(allRoutes, (wanted) => takeName(wanted, operationIds)),
  );
  const { eventStream } = options;
  if (eventStream && hasRoutes)
    paths[eventStream.path] = { get: toEventStream(eventStream, tokens, operationIds) };
  return {
    openapi: '3.1.0',
    info: toInfo(options),
    servers: options.servers ? [...options.servers] : [{ url: '/' }],
    tags: [
      ...toTags(services),
      ...(hasDeferral(allRoutes) ? [DEFERRAL_TAG] : []),
      ...(eventStream && hasRoutes ? [EVENTS_TAG] : []),
    ],
    security: toSecurity(tokens, []),
    paths,
    components: toSharedComponents(services, paths, sortByName(schemas), tokens),
  };
}

function toInfo({ title, version, description, license, contact }: OpenApiOptions): OpenApiDocument['info'] {
  return {
    title,
    version,
    ...(description !== undefined && { description }),
    ...(license && { license }),
    ...(contact && { contact }),
  };
}

function addOperation(paths: Record<string, PathItemObject>, route: Route, operation: OperationObject): void {
  const method = route.method.toLowerCase() as Lowercase<Route['method']>;
  const path = (paths[route.path] ??= {});
  if (path[method])
    throw new Error(`Two routes take ${route.method} ${route.path}: give one of them another path`);
  path[method] = operation;
}

function sortByName(schemas: ReadonlyMap<string, SchemaObject>): Record<string, SchemaObject> {
  return Object.fromEntries([...schemas].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Writes the operations of one service. */
class SurfaceWriter {
  readonly #service: ServiceSurface;
  readonly #components: Components;
  readonly #faultProblem: FaultProblems;
  readonly #hasExamples: boolean;
  readonly #tokens: readonly TokenUse[];

  constructor(
    service: ServiceSurface,
    names: ComponentNames,
    schemas: Map<string, SchemaObject>,
    { tokens, examples = true }: OpenApiOptions & { readonly tokens: readonly TokenUse[] },
  ) {
    this.#service = service;
    this.#components = new Components(service.contract, names, schemas);
    this.#faultProblem = createFaultProblems(names, schemas);
    this.#hasExamples = examples;
    this.#tokens = tokens;
  }

  /** Requests first: what they refer to serves both directions, and the rest is of answers only. */
  operations(operationIds: Set<string>): [Route, OperationObject][] {
    const { name, routes, contract } = this.#service;
    const requests = routes.map((route) => {
      const operation = operationOf(this.#service, route);
      const operationId = operationIds.has(route.operationId)
        ? takeName(toCamelCase(`${name}-${route.operationId}`), operationIds)
        : takeName(route.operationId, operationIds);
      const example = this.#hasExamples ? exampleOf(contract, operation.input) : undefined;
      return {
        route,
        operation,
        request: toRequest(this.#components, operation, route, operationId, example, (scopes) =>
          toSecurity(this.#tokens, scopes),
        ),
      };
    });
    this.#components.finish();
    this.#components.direction = 'output';
    const operations = requests.map(({ route, operation, request }): [Route, OperationObject] => {
      const example =
        this.#hasExamples && operation.output ? exampleOf(contract, operation.output) : undefined;
      return [
        route,
        {
          ...request,
          responses: withDeferral(
            route,
            toResponses(this.#components, operation, route, example, this.#faultProblem),
          ),
        },
      ];
    });
    this.#components.finish();
    return operations;
  }
}
