import type { Delivery } from '../../connectors/index.ts';
import { ProblemError } from '../http/problem.ts';
import { headerOf } from './message-headers.ts';

/** RFC 3339, with its zone. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Milliseconds since the epoch, after which nobody waits for what a message asks for: its header `deadline`, or so long after it
 * came as its property expiration says. `Infinity` without them. @throws ProblemError 400, 408
 */
export function deadlineOf({ properties }: Delivery, now: number): number {
  const said = headerOf(properties.headers, 'deadline');
  if (said === undefined) return now + (properties.expirationMs ?? Infinity);
  const deadline = TIME.test(said) ? Date.parse(said) : NaN;
  if (Number.isNaN(deadline))
    throw new ProblemError('malformed-request', {
      detail: 'The header deadline is no time of RFC 3339, such as 2026-01-31T10:00:00Z.',
    });
  if (deadline > now) return deadline;
  throw new ProblemError('request-timeout', {
    detail: 'The deadline of the message had passed before it was begun.',
  });
}
