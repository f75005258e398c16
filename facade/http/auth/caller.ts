import type { Principal } from '../../operations/principal.ts';
import { subjectKey } from '../rate-limiter.ts';
import { hashSubject } from '../request-record.ts';

/** A principal, with what is made of it for each request. */
export interface Caller {
  readonly principal: Principal;
  /** For the log. */
  readonly subjectHash: string;
  /** For the rate limiter. */
  readonly limitKey: string;
}

export function toCaller(principal: Principal): Caller {
  return {
    principal,
    subjectHash: hashSubject(principal.issuer, principal.subject),
    limitKey: subjectKey(principal),
  };
}
