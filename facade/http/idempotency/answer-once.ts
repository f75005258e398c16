import type { JsonValue } from '../../../wsdl/index.ts';
import { carryOutOnce, type OnceGuards } from '../../calls/carry-out-once.ts';
import { prepareKeyed, prepareUnnamed, type KeyedCall } from '../../calls/keyed-call.ts';
import { errorOfOutcome } from '../../calls/outcome.ts';
import type { Deferral } from '../../deferred/deferral.ts';
import type { Principal } from '../../operations/principal.ts';
import { contextOf } from '../call-context.ts';
import { sendAccepted } from '../deferred/answer-later.ts';
import type { Exchange } from '../exchange.ts';
import { ProblemError } from '../problem.ts';
import { replay, sendWholeAnswer } from './send-whole-answer.ts';

/**
 * Answers a write that its Idempotency-Key names, or without one a write that is told of by an event: what it is to tell is
 * written down before its answer goes out, and that it was sent before it was. Nothing is stored of a request that does not fit the contract.
 * @throws ProblemError 409, 422, 503, and what prevented an answer
 */
export async function answerOnce(
  exchange: Exchange,
  guards: OnceGuards & { readonly deferral: Deferral | undefined },
  principal: Principal,
  input: JsonValue,
  key: string | undefined,
): Promise<void> {
  const { record } = exchange;
  const call = prepareCall(exchange, principal, input, key);
  const outcome = await carryOutOnce(guards, call, contextOf(exchange));
  if (outcome.kind === 'replayed') return replay(exchange, outcome.answer);
  if (outcome.kind === 'deferred' && guards.deferral !== undefined)
    return sendAccepted(exchange, await guards.deferral.find(outcome.operation, principal));
  if (outcome.kind === 'unavailable' && !call.isNamed) throw notToBeTold(outcome.cause);
  if (outcome.kind !== 'answered') throw errorOfOutcome(outcome);
  const { answer } = outcome;
  if (answer.code !== undefined) {
    record.code = answer.code;
    record.ending = 'fault';
  }
  return sendWholeAnswer(exchange, answer);
}

function prepareCall(
  { operation, record }: Exchange,
  principal: Principal,
  input: JsonValue,
  key: string | undefined,
): KeyedCall {
  if (key === undefined) return prepareUnnamed(operation, principal, input);
  const call = prepareKeyed(operation, principal, input, key);
  record.command = call.command.id;
  return call;
}

function notToBeTold(cause: unknown): ProblemError {
  const detail =
    'The event that goes with this request cannot be stored now, so it was not sent. Repeat it after Retry-After.';
  return new ProblemError('commands-unavailable', { detail }, { 'Retry-After': '5' }, { cause });
}
