import type { MessageHeaders } from '../../connectors/index.ts';
import type { Route } from '../../openapi/index.ts';
import { admitCaller, admitKnown, type AdmissionGuards } from '../calls/admit-caller.ts';
import type { Caller } from '../http/auth/caller.ts';
import { ProblemError } from '../http/problem.ts';
import type { CommandQueue } from './command-queue.ts';
import { headerOf } from './message-headers.ts';

const BEARER = /^bearer +/i;

/**
 * Who sends a message, and whether he may, and as often as this: by the token in its header `authorization`, or by the queue.
 * @throws ProblemError 400, 401, 403, 429, 503
 */
export async function identifySender(
  guards: AdmissionGuards,
  { caller }: CommandQueue,
  route: Route,
  headers: MessageHeaders | undefined,
): Promise<Caller> {
  const authorization = headerOf(headers, 'authorization');
  if (caller === undefined) return admitCaller(guards, route, tokenOf(authorization));
  // Which of the two is meant would be a guess.
  if (authorization !== undefined)
    throw new ProblemError('malformed-request', {
      detail: 'Who sends messages to this queue is known by the queue. Leave the header authorization out.',
    });
  return admitKnown(guards, route, caller);
}

function tokenOf(authorization: string | undefined): string {
  if (authorization !== undefined && BEARER.test(authorization))
    return authorization.replace(BEARER, '').trim();
  throw new ProblemError('token-missing', {
    detail: 'Send a token in the header authorization of the message, after the word Bearer.',
  });
}
