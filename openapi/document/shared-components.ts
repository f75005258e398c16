import type { SchemaObject } from '../schema/json-schema.ts';
import { toDeferralHeaders, toPreferParameters } from './deferral.ts';
import { toKeyHeaders, toKeyParameters } from './idempotency.ts';
import type {
  ComponentsObject,
  HeaderObject,
  OpenApiDocument,
  ParameterObject,
} from './open-api-document.ts';
import type { ServiceSurface, TokenUse } from './options.ts';
import { toCommonResponses } from './problems.ts';
import { toSecuritySchemes } from './security.ts';

const CACHE_HEADERS: Record<string, HeaderObject> = {
  ETag: { description: 'Names this state of the answer (RFC 9110, 8.8.3).', schema: { type: 'string' } },
  CacheControl: { description: 'How long the answer is fresh (RFC 9111, 5.2).', schema: { type: 'string' } },
};

const PROBLEM_HEADERS: Record<string, HeaderObject> = {
  RetryAfter: { description: 'Seconds to wait (RFC 9110, 10.2.3).', schema: { type: 'integer', minimum: 0 } },
  WwwAuthenticate: { description: 'How to authenticate (RFC 6750, 3).', schema: { type: 'string' } },
};

const IF_NONE_MATCH: ParameterObject = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of the answer at hand: 304 if it has not changed.',
  schema: { type: 'string' },
};

/** What operations share, without what none of them uses. */
export function toSharedComponents(
  services: readonly ServiceSurface[],
  paths: OpenApiDocument['paths'],
  schemas: Record<string, SchemaObject>,
  tokens: readonly TokenUse[],
): ComponentsObject {
  const used = referencesOf(paths);
  const routes = services.flatMap((service) => service.routes);
  const isCached = routes.some((route) => route.cache);
  return {
    schemas,
    responses: toCommonResponses((name) => used.has(`#/components/responses/${name}`)),
    parameters: {
      ...(isCached && { IfNoneMatch: IF_NONE_MATCH }),
      ...toKeyParameters(routes),
      ...toPreferParameters(routes),
    },
    headers: {
      ...(Object.keys(paths).length > 0 && PROBLEM_HEADERS),
      ...(isCached && CACHE_HEADERS),
      ...toKeyHeaders(routes),
      ...toDeferralHeaders(routes),
    },
    securitySchemes: toSecuritySchemes(services, tokens),
  };
}

/** The shared responses that operations refer to. */
function referencesOf(paths: OpenApiDocument['paths']): Set<string> {
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const responses = operations.flatMap((operation) => Object.values(operation.responses));
  return new Set(responses.flatMap((response) => ('$ref' in response ? [response.$ref] : [])));
}
