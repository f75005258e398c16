import { maskText } from '../../masking/index.ts';
import { flatText } from '../flat-text.ts';
import type { ShownSubject } from '../config/observability-config.ts';
import type { Principal } from '../operations/principal.ts';

/** Whom a log may name. */
export interface LoggedCaller {
  readonly principal: Principal;
  readonly subjectHash: string;
}

/** Members of a line: text with a comma before, as `,"client":"app","subject":"0123"`. */
export type CallerMembers = (caller: LoggedCaller) => string;

/** Put together once for each verified token, which comes with many requests. */
export function createCallerMembers(shown: ShownSubject): CallerMembers {
  const known = new WeakMap<LoggedCaller, string>();
  return (caller) => {
    const met = known.get(caller);
    if (met !== undefined) return met;
    const members = flatText(membersOf(caller, shown));
    known.set(caller, members);
    return members;
  };
}

function membersOf(caller: LoggedCaller, shown: ShownSubject): string {
  const client = clientOf(caller.principal);
  const subject = shown === 'off' ? undefined : subjectOf(caller, shown);
  return `${memberOf('client', client)}${memberOf('subject', subject)}`;
}

function memberOf(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}

/** A subject may be called by an account; that stays hidden even so. */
function subjectOf({ principal, subjectHash }: LoggedCaller, shown: 'hash' | 'plain'): string {
  return shown === 'hash' ? subjectHash : maskText(principal.subject);
}

/** RFC 9068, 2.2; OpenID Connect Core 1.0, 2. */
function clientOf({ claims }: Principal): string | undefined {
  const client = claims['client_id'] ?? claims['azp'];
  return typeof client === 'string' ? maskText(client) : undefined;
}
