import type { Ending, KeptAnswer } from '../commands/command-store.ts';
import { ProblemError } from '../http/problem.ts';
import type { WholeAnswer } from './whole-answer.ts';

/** What came of a call that its key names, whatever door it came in by. */
export type Outcome =
  /** The service answered, with a message or a fault. `ending` is what the store knows now: `answered`, or not final. */
  | { readonly kind: 'answered'; readonly answer: WholeAnswer; readonly ending: Ending['kind'] }
  /** It was answered before, or a query found it done: this is that answer. */
  | { readonly kind: 'replayed'; readonly answer: KeptAnswer }
  /** A process that is alive is carrying it out. */
  | { readonly kind: 'running' }
  /** It is to be carried out later, as this operation. */
  | { readonly kind: 'deferred'; readonly operation: string }
  /** The key stands for another payload, or operation. */
  | { readonly kind: 'different' }
  /** It may have been carried out, and is not sent again now: the query may tell in `waitSeconds`; without them, only a person. */
  | {
      readonly kind: 'unsettled';
      readonly reason?: string;
      readonly waitSeconds?: number;
      readonly cause?: unknown;
    }
  /** The store is away or full. Nothing was sent. */
  | { readonly kind: 'unavailable'; readonly cause?: unknown }
  /** What prevented an answer: see `problemOfError`. `mayHaveBeenDone`: by this attempt, or an earlier one. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly mayHaveBeenDone: boolean };

export type Unanswered = Exclude<Outcome, { readonly kind: 'answered' | 'replayed' }>;

const SOON = { 'Retry-After': '1' };
const LATER = { 'Retry-After': '5' };

/** What an outcome without an answer is to the caller: a ProblemError, or what `problemOfError` makes one of. */
export function errorOfOutcome(outcome: Unanswered): unknown {
  switch (outcome.kind) {
    case 'different':
      return new ProblemError('idempotency-key-reused');
    case 'running':
    case 'deferred':
      return new ProblemError('request-in-progress', {}, SOON);
    case 'unavailable':
      return new ProblemError('commands-unavailable', {}, LATER, { cause: outcome.cause });
    case 'unsettled':
      return unsettled(outcome);
    case 'failed':
      return outcome.error;
  }
}

function unsettled({
  reason,
  waitSeconds,
  cause,
}: Extract<Outcome, { readonly kind: 'unsettled' }>): ProblemError {
  if (waitSeconds === undefined) return new ProblemError('outcome-unknown');
  const detail = `The first request with this Idempotency-Key may have been carried out. ${reason} Repeat it with the same key after Retry-After.`;
  return new ProblemError('outcome-unknown', { detail }, { 'Retry-After': String(waitSeconds) }, { cause });
}
