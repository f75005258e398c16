import type { Principal } from '../../operations/principal.ts';
import { hashSubject } from '../request-record.ts';
import type { Scheme } from './challenge.ts';

/** A principal, with what is made of it for each request. */
export interface Caller {
  readonly principal: Principal;
  /** For the log. */
  readonly subjectHash: string;
  /** For the rate limiter: the subject, and the client that it uses. */
  readonly limitKey: string;
  readonly clientKey: string;
  /** How the token is to be presented. */
  readonly scheme: Scheme;
}

export function toCaller(principal: Principal, scheme: Scheme): Caller {
  return {
    principal,
    subjectHash: hashSubject(principal.issuer, principal.subject),
    limitKey: `subject ${JSON.stringify([principal.issuer, principal.subject])}`,
    clientKey: `client ${JSON.stringify([principal.issuer, clientOf(principal)])}`,
    scheme,
  };
}

/** RFC 9068, 2.2; OpenID Connect Core 1.0, 2. Tokens of an issuer that name no client count together. */
function clientOf({ claims }: Principal): unknown {
  return claims['client_id'] ?? claims['azp'] ?? null;
}
