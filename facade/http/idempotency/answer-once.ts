import type { JsonValue } from '../../../wsdl/index.ts';
import { carryOutOnce, type OnceGuards } from '../../calls/carry-out-once.ts';
import { prepareKeyed } from '../../calls/keyed-call.ts';
import { errorOfOutcome } from '../../calls/outcome.ts';
import type { Principal } from '../../operations/principal.ts';
import { contextOf } from '../call-context.ts';
import type { Exchange } from '../exchange.ts';
import { replay, sendWholeAnswer } from './send-whole-answer.ts';

/**
 * Answers a write that its Idempotency-Key names. Nothing is stored of a request that does not fit the contract.
 * @throws ProblemError 409, 422, 503, and what prevented an answer
 */
export async function answerOnce(
  exchange: Exchange,
  guards: OnceGuards,
  principal: Principal,
  input: JsonValue,
  key: string,
): Promise<void> {
  const { operation, record } = exchange;
  const call = prepareKeyed(operation, principal, input, key);
  record.command = call.command.id;
  const outcome = await carryOutOnce(guards, call, contextOf(exchange));
  if (outcome.kind === 'replayed') return replay(exchange, outcome.answer);
  if (outcome.kind !== 'answered') throw errorOfOutcome(outcome);
  const { answer } = outcome;
  if (answer.code !== undefined) {
    record.code = answer.code;
    record.ending = 'fault';
  }
  return sendWholeAnswer(exchange, answer);
}
