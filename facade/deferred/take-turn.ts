import { carryOutOnce, type OnceGuards } from '../calls/carry-out-once.ts';
import type { TakenOperation } from '../commands/deferred-store.ts';
import { problemOfError } from '../http/problem-of-error.ts';
import { ProblemError } from '../http/problem.ts';
import type { OperationRuntime } from '../operations/operation-runtime.ts';
import type { Seal } from './seal.ts';
import { failWith, stepOf, type Step } from './step.ts';
import { openCall, toKeyedCall, type StoredCall } from './stored-call.ts';

export interface TurnGuards {
  readonly once: OnceGuards;
  readonly seal: Seal;
  /** By `payments POST /v1/transfers`. */
  readonly operations: ReadonlyMap<string, OperationRuntime>;
  /** Ends calls when this process stops. */
  readonly signal: AbortSignal;
}

/** What was done in a turn, for the logs. */
export interface Turn {
  readonly step: Step;
  readonly operation?: OperationRuntime | undefined;
  readonly call?: StoredCall | undefined;
}

/** Somebody has to put the key or the route back before it can go on. */
const LATER_SECONDS = 30;

/** Carries a taken operation out, if that can be done now. Never throws. */
export async function takeTurn(guards: TurnGuards, taken: TakenOperation): Promise<Turn> {
  const operation = guards.operations.get(taken.route);
  const call = openCall(taken.content, taken.id, guards.seal);
  const turn = { operation, call };
  if (taken.isGivenUp && taken.isUntouched) {
    const step = failWith(new ProblemError('operation-expired'), operation, call?.requestId ?? taken.id);
    return { ...turn, step };
  }
  const step =
    operation === undefined || call === undefined
      ? waitFor(operation, taken)
      : await carryOut(guards, taken, operation, call);
  return { ...turn, step: taken.isGivenUp ? endOf(step) : step };
}

async function carryOut(
  { once, signal }: TurnGuards,
  taken: TakenOperation,
  operation: OperationRuntime,
  call: StoredCall,
): Promise<Step> {
  const { requestId, trace } = call;
  try {
    const keyed = toKeyedCall(operation, call, taken);
    const deadline = Date.now() + operation.timeout;
    return stepOf(
      await carryOutOnce(once, keyed, { deadline, requestId, trace, signal }),
      operation,
      requestId,
    );
  } catch (error) {
    // Only preparing the call throws: what was stored does not fit the contract of today.
    return taken.isUntouched
      ? failWith(error, operation, requestId)
      : { kind: 'finish', state: 'unknown', reason: problemOfError(error, operation).problem.code };
  }
}

function waitFor(operation: OperationRuntime | undefined, { isUntouched }: TakenOperation): Step {
  return {
    kind: 'postpone',
    state: isUntouched ? 'accepted' : 'unsettled',
    reason: operation === undefined ? 'not-found' : 'internal-error',
    delaySeconds: LATER_SECONDS,
    isServiceAway: false,
  };
}

/** Its time is over, and it may have been done: nobody but a person can tell now. */
function endOf(step: Step): Step {
  if (
    step.kind === 'finish' ||
    step.reason === 'commands-unavailable' ||
    step.reason === 'request-in-progress'
  )
    return step;
  return { kind: 'finish', state: 'unknown', reason: step.reason };
}
