import type { ServiceSurface, TokenUse } from './options.ts';
import type { SecurityRequirement, SecuritySchemeObject } from './open-api-document.ts';

const SCHEMES = { bearer: 'bearerAuth', dpop: 'dpopAuth' } as const;
const MUTUAL_TLS = 'mutualTls';

/** Where nothing is said of it: a token by itself. */
export const BEARER_ALONE: readonly TokenUse[] = [{ scheme: 'bearer', certificate: false }];

/** What a request has to bring: one of the uses, each with all scopes. */
export function toSecurity(uses: readonly TokenUse[], scopes: readonly string[]): SecurityRequirement[] {
  return uses.map(({ scheme, certificate }) => ({
    [SCHEMES[scheme]]: [...scopes],
    ...(certificate && { [MUTUAL_TLS]: [] }),
  }));
}

/** RFC 6750 and RFC 9449 with JWTs, RFC 8705; the scopes that some operation needs are listed. */
export function toSecuritySchemes(
  services: readonly ServiceSurface[],
  uses: readonly TokenUse[],
): Record<string, SecuritySchemeObject> {
  const listed = scopesOf(services);
  return {
    ...(uses.some(({ scheme }) => scheme === 'bearer') && {
      [SCHEMES.bearer]: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: `A JWT in the header \`Authorization\`. ${listed}`,
      },
    }),
    ...(uses.some(({ scheme }) => scheme === 'dpop') && {
      [SCHEMES.dpop]: {
        type: 'http',
        scheme: 'dpop',
        description: `A JWT that is bound to a key (RFC 9449) in the header \`Authorization: DPoP <token>\`, and in the header \`DPoP\` a proof of that key, made for the request. Where an answer has a header \`DPoP-Nonce\`, the next proof needs its value as \`nonce\`. ${listed}`,
      },
    }),
    ...(uses.some(({ certificate }) => certificate) && {
      [MUTUAL_TLS]: {
        type: 'mutualTLS',
        description: 'The client certificate that the token is bound to (RFC 8705).',
      },
    }),
  };
}

function scopesOf(services: readonly ServiceSurface[]): string {
  const scopes = new Set(services.flatMap(({ routes }) => routes.flatMap((route) => route.scopes)));
  const listed = [...scopes]
    .sort()
    .map((scope) => `\`${scope}\``)
    .join(', ');
  return listed === '' ? 'No scopes are needed.' : `Scopes: ${listed}.`;
}
