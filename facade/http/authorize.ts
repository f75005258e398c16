import type { Route } from '../../openapi/index.ts';
import type { Caller } from './auth/caller.ts';
import { challenge } from './auth/challenge.ts';
import { ProblemError } from './problem.ts';

/** @throws ProblemError 403 unless the token has every scope of the route (RFC 6750, 3.1). */
export function authorize({ scopes }: Route, { principal, scheme }: Caller): void {
  if (scopes.every((scope) => principal.scopes.has(scope))) return;
  const missing = scopes.filter((scope) => !principal.scopes.has(scope));
  const headers = challenge(scheme, { error: 'insufficient_scope', scope: scopes.join(' ') });
  throw new ProblemError(
    'insufficient-scope',
    { detail: `The token lacks ${missing.map((scope) => `"${scope}"`).join(', ')}.` },
    headers,
  );
}
