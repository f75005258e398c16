export type { DeprecationMapping } from './deprecation.ts';
export type { PagingMapping, RoutePaging } from './paging.ts';
export type {
  HttpMethod,
  RateLimit,
  Route,
  RouteCache,
  RouteFault,
  RouteMapping,
  ParameterShape,
  RouteParameter,
  RoutePreset,
  RouteTag,
  RouteSettle,
  SettleBinding,
} from './route.ts';
export type { EventValue, PublishMapping, RoutePublish } from './publish.ts';
export { inferMapping } from './routes/infer-mapping.ts';
export { planRoutes, type PlanOptions } from './routes/plan-routes.ts';
export type { MappingProblem } from './routes/mapping-problem.ts';
export { toOpenApi } from './document/to-open-api.ts';
export type { OpenApiOptions, ProblemKind, ServiceSurface, TokenUse } from './document/options.ts';
export type { OpenApiDocument } from './document/open-api-document.ts';
export { toTypeScript } from './to-typescript.ts';
export { createMessageSchemas, type MessageSchemas } from './schema/message-schemas.ts';
export type { SchemaObject } from './schema/json-schema.ts';
export { toAsyncApi } from './async-api/to-async-api.ts';
export type { AsyncApiDocument } from './async-api/async-api-document.ts';
export type { AsyncApiOptions, BrokerServer, CommandQueue } from './async-api/options.ts';
