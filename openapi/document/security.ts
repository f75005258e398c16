import type { ServiceSurface } from './options.ts';
import type { SecuritySchemeObject } from './open-api-document.ts';

export const BEARER = 'bearerAuth';

/** RFC 6750 with JWTs; the scopes that some operation needs are listed. */
export function toSecurityScheme(services: readonly ServiceSurface[]): SecuritySchemeObject {
  const scopes = new Set(services.flatMap(({ routes }) => routes.flatMap((route) => route.scopes)));
  const listed = [...scopes]
    .sort()
    .map((scope) => `\`${scope}\``)
    .join(', ');
  return {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: `A JWT in the header \`Authorization\`. ${listed === '' ? 'No scopes are needed.' : `Scopes: ${listed}.`}`,
  };
}
