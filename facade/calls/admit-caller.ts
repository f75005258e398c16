import type { Route } from '../../openapi/index.ts';
import type { Caller } from '../http/auth/caller.ts';
import type { CheckToken } from '../http/auth/check-token.ts';
import { authorize } from '../http/authorize.ts';
import type { RateLimiter } from '../http/limits/rate-limiter.ts';

export interface AdmissionGuards {
  readonly checkToken: CheckToken;
  readonly rateLimiter: Pick<RateLimiter, 'spend'>;
}

/**
 * Who calls, and whether he may, and as often as this: authentication, authorization and rate limit of a call that is no HTTP
 * request. @throws ProblemError 401, 403, 429, 503
 */
export async function admitCaller(
  { checkToken, rateLimiter }: AdmissionGuards,
  route: Route,
  token: string,
): Promise<Caller> {
  return admitKnown({ rateLimiter }, route, await checkToken(token));
}

/** The same for a caller whom something else than a token has named. */
export async function admitKnown(
  { rateLimiter }: Pick<AdmissionGuards, 'rateLimiter'>,
  route: Route,
  caller: Caller,
): Promise<Caller> {
  authorize(route, caller);
  // Where the caller stands with his limits is told in header fields, of which there are none here.
  await rateLimiter.spend(route, caller, []);
  return caller;
}
