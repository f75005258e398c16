import { carryOutOnce, type OnceGuards } from '../calls/carry-out-once.ts';
import { prepareKeyed, prepareUnnamed, type KeyedCall } from '../calls/keyed-call.ts';
import { errorOfOutcome, type Outcome, type Unanswered } from '../calls/outcome.ts';
import { toWholeAnswer, type WholeAnswer } from '../calls/whole-answer.ts';
import { ProblemError } from '../http/problem.ts';
import { problemOfError } from '../http/problem-of-error.ts';
import { invoke } from '../operations/invoke.ts';
import { isSafe } from '../operations/is-safe.ts';
import type { CallContext, OperationRuntime } from '../operations/operation-runtime.ts';
import type { Principal } from '../operations/principal.ts';
import type { JsonValue } from '../../wsdl/index.ts';
import { doesPass, type Verdict } from './verdict.ts';

/** Longer ids are refused, as longer keys are over HTTP. Characters. */
const LONGEST_ID = 255;
const FIRST_ERROR_OF_SERVER = 500;

/** A command that fits its contract. `keyed`: what must not be done twice, and what is to be told of. */
export interface PreparedCommand {
  readonly operation: OperationRuntime;
  readonly principal: Principal;
  readonly input: JsonValue;
  readonly keyed: KeyedCall | undefined;
}

/** @throws ProblemError 400 for a write without a message id, ValueError, ClaimError */
export function prepareCommand(
  operation: OperationRuntime,
  principal: Principal,
  input: JsonValue,
  messageId: string | undefined,
): PreparedCommand {
  const { route } = operation;
  if (isSafe(route)) {
    // An event leaves by way of the commands store, whatever it tells of.
    const keyed = route.publish === undefined ? undefined : prepareUnnamed(operation, principal, input);
    return { operation, principal, input, keyed };
  }
  if (messageId === undefined || messageId === '')
    throw new ProblemError('idempotency-key-missing', {
      detail: 'Give the message a message-id, a new UUID, and the same one when you send it again.',
    });
  if (messageId.length > LONGEST_ID)
    throw new ProblemError('idempotency-key-invalid', {
      detail: `The message-id is longer than ${LONGEST_ID} characters. A UUID will do.`,
    });
  return { operation, principal, input, keyed: prepareKeyed(operation, principal, input, messageId) };
}

/** Never throws for what a verdict can say. */
export async function carryOut(
  guards: OnceGuards,
  command: PreparedCommand,
  context: CallContext,
): Promise<Verdict> {
  const { operation, keyed } = command;
  if (keyed === undefined) return read(command, context);
  return judge(await carryOutOnce(guards, keyed, context), operation);
}

async function read(
  { operation, principal, input }: PreparedCommand,
  context: CallContext,
): Promise<Verdict> {
  try {
    const answer = await invoke(operation, principal, input, context);
    const whole = await toWholeAnswer(operation.route, answer, context.requestId);
    return whole.status >= FIRST_ERROR_OF_SERVER ? { kind: 'later', error: faultOf(whole) } : toAnswer(whole);
  } catch (error) {
    return { kind: doesPass(problemOfError(error, operation), true) ? 'later' : 'give-up', error };
  }
}

function judge(outcome: Outcome, operation: OperationRuntime): Verdict {
  if (outcome.kind === 'replayed') return { kind: 'answer', answer: outcome.answer, isReplay: true };
  return outcome.kind === 'answered'
    ? judgeAnswer(outcome.answer, outcome.ending, operation)
    : judgeUnanswered(outcome, operation);
}

/** A fault of the service that is not the caller's: where it did nothing, or can tell what it did, the call comes again. */
function judgeAnswer(
  answer: WholeAnswer,
  ending: Extract<Outcome, { readonly kind: 'answered' }>['ending'],
  operation: OperationRuntime,
): Verdict {
  if (ending === 'answered') return toAnswer(answer);
  if (ending !== 'unknown' || canSettle(operation)) return { kind: 'later', error: faultOf(answer) };
  return { kind: 'give-up', error: new ProblemError('outcome-unknown', UNKNOWN) };
}

function judgeUnanswered(outcome: Unanswered, operation: OperationRuntime): Verdict {
  const error = errorOfOutcome(outcome);
  switch (outcome.kind) {
    case 'running':
    case 'deferred':
    case 'unavailable':
      return { kind: 'later', error };
    case 'different':
      return { kind: 'give-up', error };
    case 'unsettled':
      return { kind: outcome.waitSeconds === undefined ? 'give-up' : 'later', error };
    case 'failed':
      return judgeFailure(outcome, operation);
  }
}

function judgeFailure(
  { error, mayHaveBeenDone }: Extract<Outcome, { readonly kind: 'failed' }>,
  operation: OperationRuntime,
): Verdict {
  if (!mayHaveBeenDone)
    return { kind: doesPass(problemOfError(error, operation), false) ? 'later' : 'give-up', error };
  if (canSettle(operation)) return { kind: 'later', error };
  return { kind: 'give-up', error: new ProblemError('outcome-unknown', UNKNOWN, {}, { cause: error }) };
}

const UNKNOWN = {
  detail:
    'The command may have been carried out, and is not sent again. Check the effect; send a new command with a new message-id only if there is none.',
};

/** Whether the next attempt finds out what became of this one, or may simply be made. */
function canSettle({ route, settle }: OperationRuntime): boolean {
  return settle !== undefined || route.idempotency?.deduplicates === true;
}

function toAnswer(answer: WholeAnswer): Verdict {
  return {
    kind: 'answer',
    answer,
    ...(answer.code !== undefined && { code: answer.code }),
    isReplay: false,
  };
}

/** For the reason that goes with the message; the fault's own words may tell of the service's inside. */
function faultOf({ status, code }: WholeAnswer): ProblemError {
  return new ProblemError('soap-server-fault', { status, ...(code !== undefined && { code }) });
}
