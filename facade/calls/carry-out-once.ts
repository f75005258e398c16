import { randomUUID } from 'node:crypto';
import { CommandStoreError, type Ending } from '../commands/command-store.ts';
import type { Commands } from '../commands/commands.ts';
import type { NewEvent } from '../commands/outbox-store.ts';
import { forgettingAfter } from '../http/cache/forgetting-after.ts';
import type { ResponseCache } from '../http/cache/response-cache.ts';
import { mayHaveBeenDone } from '../http/may-have-been-done.ts';
import { send } from '../operations/invoke.ts';
import type { CallContext } from '../operations/operation-runtime.ts';
import type { Publisher } from '../events/publisher.ts';
import type { Answer } from '../operations/read-answer.ts';
import { askWhetherDone } from './ask-whether-done.ts';
import type { KeyedCall } from './keyed-call.ts';
import type { Outcome } from './outcome.ts';
import { toKept, toWholeAnswer, type WholeAnswer } from './whole-answer.ts';

export interface OnceGuards {
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly cache: Pick<ResponseCache, 'forgetAfter'>;
}

/** A keyed call on its way through the policy. */
interface Turn {
  readonly guards: OnceGuards;
  readonly call: KeyedCall;
  readonly context: CallContext;
}

/** What becomes of the command if the service did nothing; an earlier attempt may have done something. */
type Unsent = Exclude<Ending, { readonly kind: 'answered' }>;

const RELEASED: Unsent = { kind: 'released' };
const UNKNOWN: Unsent = { kind: 'unknown' };

const FIRST_ERROR_OF_SERVER = 500;
const ASK_AGAIN_SECONDS = 5;

/**
 * A write that its key names: carried out once, and answered with that one answer as often as it is repeated, whatever door it
 * comes in by. Never throws for what the outcome can say.
 */
export async function carryOutOnce(
  guards: OnceGuards,
  call: KeyedCall,
  context: CallContext,
): Promise<Outcome> {
  const turn = { guards, call, context };
  const claim = randomUUID();
  try {
    const begun = await guards.commands.begin({ ...call.command, claim });
    switch (begun.kind) {
      case 'begun':
        return await carryOut(turn, claim, RELEASED);
      case 'answered':
        return { kind: 'replayed', answer: begun.answer };
      case 'unknown':
        return await settle(turn, begun.claim, begun.sentMsAgo);
      case 'deferred':
        // Whoever repeats it with the same key does not take its turn away.
        if (begun.operation !== call.deferredAs) return begun;
        return await sendNow(turn, begun.operation, begun);
      case 'different':
      case 'running':
        return begun;
    }
  } catch (error) {
    // Refused rather than accepted and lost.
    if (error instanceof CommandStoreError) return { kind: 'unavailable', cause: error };
    throw error;
  }
}

async function carryOut(turn: Turn, claim: string, unsent: Unsent): Promise<Outcome> {
  const { commands } = turn.guards;
  const { id } = turn.call.command;
  // From here to the connector nothing is waited for.
  if (!commands.isLeaseValid()) {
    await commands.end(id, claim, unsent);
    return { kind: 'unavailable' };
  }
  try {
    const { answer, ending, event } = await callService(turn, unsent);
    // Whether or not it can be written now: the client is told what the service said.
    await end(turn, claim, ending, event);
    return { kind: 'answered', answer, ending: ending.kind };
  } catch (error) {
    const ending = mayHaveBeenDone(error) ? UNKNOWN : unsent;
    await commands.end(id, claim, ending);
    return { kind: 'failed', error, mayHaveBeenDone: ending.kind === 'unknown' };
  }
}

async function callService(
  { guards, call, context }: Turn,
  unsent: Unsent,
): Promise<{
  readonly answer: WholeAnswer;
  readonly ending: Ending;
  readonly event: NewEvent | undefined;
}> {
  const { operation, principal, prepared } = call;
  const { route } = operation;
  const { requestId } = context;
  const answer = await forgettingAfter(guards.cache, route, prepared.input, () =>
    send(operation, prepared, context),
  );
  const whole = await toWholeAnswer(route, answer, requestId);
  const ending = endingOf(call, answer, whole, unsent);
  const told = { operation, principal, input: prepared.input, requestId };
  const event =
    answer.kind === 'message' ? guards.publisher.eventOf({ ...told, json: answer.json }) : undefined;
  return { answer: whole, ending, event };
}

/** Nobody asks again for the answer to a call without a name. */
async function end(
  { guards, call }: Turn,
  claim: string,
  ending: Ending,
  event: NewEvent | undefined,
): Promise<void> {
  const kept: Ending = call.isNamed || ending.kind !== 'answered' ? ending : { kind: 'released' };
  await guards.commands.end(call.command.id, claim, kept, event);
  if (event !== undefined) guards.publisher.wake();
}

/** A fault is final where it is the caller's; one inside the service leaves open what was done before it. */
function endingOf(
  { operation: { route } }: KeyedCall,
  answer: Answer,
  whole: WholeAnswer,
  unsent: Unsent,
): Ending {
  if (answer.kind !== 'fault' || whole.status < FIRST_ERROR_OF_SERVER)
    return { kind: 'answered', answer: toKept(whole) };
  const isDeclared = route.faults.some(({ name }) => name === answer.fault.detail?.name);
  return isDeclared ? unsent : UNKNOWN;
}

/** What to do with a command that may have been carried out: never send it again on mere suspicion. */
async function settle(turn: Turn, claim: string, sentMsAgo: number): Promise<Outcome> {
  const { operation, principal, prepared, keyUuid } = turn.call;
  if (operation.route.idempotency?.deduplicates) return sendNow(turn, claim, UNKNOWN);
  const { settle: query } = operation;
  if (query === undefined) return { kind: 'unsettled' };
  const verdict = await askWhetherDone(query, principal, prepared.input, keyUuid, turn.context);
  switch (verdict.kind) {
    case 'done':
      return answerAfterwards(turn, claim, verdict.json);
    case 'not-done': {
      const waitMs = query.afterSeconds * 1000 - sentMsAgo;
      if (waitMs <= 0) return sendNow(turn, claim, UNKNOWN);
      const waitSeconds = Math.ceil(waitMs / 1000);
      return { kind: 'unsettled', reason: 'The service knows nothing of it yet.', waitSeconds };
    }
    case 'failed': {
      const reason = 'The service could not be asked.';
      return { kind: 'unsettled', reason, waitSeconds: ASK_AGAIN_SECONDS, cause: verdict.cause };
    }
  }
}

async function sendNow(turn: Turn, claim: string, unsent: Unsent): Promise<Outcome> {
  const next = randomUUID();
  const isOurs = await turn.guards.commands.resend(turn.call.command.id, claim, next, unsent);
  return isOurs ? carryOut(turn, next, unsent) : { kind: 'running' };
}

/** The query's output is the answer that the first request would have got. */
async function answerAfterwards(turn: Turn, claim: string, json: Uint8Array): Promise<Outcome> {
  const { guards, call, context } = turn;
  const { requestId } = context;
  const { operation, principal, prepared } = call;
  const answer = await toWholeAnswer(operation.route, { kind: 'message', json }, requestId);
  // Nobody knows when it was carried out; what was kept since its request was sent may be older.
  await guards.cache.forgetAfter(operation.route, prepared.input);
  const event = guards.publisher.eventOf({ operation, principal, input: prepared.input, json, requestId });
  await end(turn, claim, { kind: 'answered', answer: toKept(answer) }, event);
  return { kind: 'replayed', answer };
}
