import { ConnectorError } from '../../connectors/index.ts';
import { errorOfOutcome, type Outcome } from '../calls/outcome.ts';
import type { KeptAnswer } from '../commands/command-store.ts';
import { problemOfError } from '../http/problem-of-error.ts';
import { ProblemError, type Problem } from '../http/problem.ts';
import { problemBody } from '../http/send-problem.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';

/** What becomes of an operation after its turn. `reason` is a problem code. */
export type Step =
  | {
      readonly kind: 'finish';
      readonly state: 'succeeded' | 'failed' | 'unknown';
      readonly reason?: string;
      /** Where the service gave none. */
      readonly answer?: KeptAnswer;
    }
  | {
      readonly kind: 'postpone';
      readonly state: 'accepted' | 'unsettled';
      readonly reason: string;
      /** At least. */
      readonly delaySeconds: number;
      /** The service cannot do this now, and probably nothing else either. */
      readonly isServiceAway: boolean;
    };

const FIRST_ERROR = 400;

/** What to do after an attempt to carry an operation out. */
export function stepOf(outcome: Outcome, operation: OperationRuntime, requestId: string): Step {
  switch (outcome.kind) {
    case 'answered':
      if (outcome.ending === 'unknown') return doubt(operation, outcome.answer.code);
      if (outcome.ending !== 'answered') return postpone('accepted', outcome.answer.code, true);
      return finishWith(outcome.answer.status, outcome.answer.code);
    case 'replayed':
      return finishWith(outcome.answer.status);
    case 'running':
      return postpone('unsettled', 'request-in-progress', false);
    case 'unavailable':
      return postpone('unsettled', 'commands-unavailable', false);
    case 'unsettled':
      if (outcome.waitSeconds === undefined) return park('outcome-unknown');
      return {
        ...postpone('unsettled', 'outcome-unknown', outcome.cause !== undefined),
        delaySeconds: outcome.waitSeconds,
      };
    case 'failed':
      return afterFailure(outcome.error, outcome.mayHaveBeenDone, operation, requestId);
    case 'deferred':
    case 'different':
      return failWith(errorOfOutcome(outcome), operation, requestId);
  }
}

/** Whatever was the matter, nothing was done; it is told as a problem. */
export function failWith(error: unknown, operation: OperationRuntime | undefined, requestId: string): Step {
  const { problem } = problemOfError(error, operation);
  return { kind: 'finish', state: 'failed', reason: problem.code, answer: answerOf(problem, requestId) };
}

/** A problem as it is kept for whoever repeats the command. */
export function answerOf(problem: Problem, requestId?: string): KeptAnswer {
  return {
    status: problem.status,
    contentType: 'application/problem+json',
    body: problemBody({ ...problem, ...(requestId !== undefined && { requestId }) }),
  };
}

function afterFailure(
  error: unknown,
  mayHaveBeenDone: boolean,
  operation: OperationRuntime,
  requestId: string,
): Step {
  const { problem, headers } = problemOfError(error, operation);
  if (mayHaveBeenDone) return doubt(operation, problem.code);
  if (!(error instanceof ConnectorError || error instanceof ProblemError))
    return failWith(error, operation, requestId);
  const step = postpone('accepted', problem.code, true);
  return { ...step, delaySeconds: Number(headers['Retry-After'] ?? step.delaySeconds) };
}

/** It may have been done: that is found out, where the mapping says how. */
function doubt({ route, settle }: OperationRuntime, reason?: string): Step {
  const canBeSettled = route.idempotency?.deduplicates === true || settle !== undefined;
  return canBeSettled ? postpone('unsettled', reason, true) : park(reason);
}

function park(reason: string = 'outcome-unknown'): Step {
  return { kind: 'finish', state: 'unknown', reason };
}

function finishWith(status: number, reason?: string): Step {
  return {
    kind: 'finish',
    state: status < FIRST_ERROR ? 'succeeded' : 'failed',
    ...(reason !== undefined && { reason }),
  };
}

function postpone(
  state: 'accepted' | 'unsettled',
  reason: string = 'soap-server-fault',
  isServiceAway: boolean,
): Extract<Step, { readonly kind: 'postpone' }> {
  return { kind: 'postpone', state, reason, delaySeconds: 0, isServiceAway };
}
