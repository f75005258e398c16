import { randomUUID } from 'node:crypto';
import type { JsonValue } from '../../../wsdl/index.ts';
import type { Commands } from '../../commands/commands.ts';
import { CommandStoreError, type Ending } from '../../commands/command-store.ts';
import { prepare, send, type PreparedCall } from '../../operations/invoke.ts';
import type { Principal } from '../../operations/principal.ts';
import type { Publisher } from '../../operations/publisher.ts';
import type { Answer } from '../../operations/read-answer.ts';
import { contextOf } from '../call-context.ts';
import { forgettingAfter } from '../cache/forgetting-after.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import type { Exchange } from '../exchange.ts';
import { mayHaveBeenDone } from '../may-have-been-done.ts';
import { ProblemError } from '../problem.ts';
import { commandOf, uuidOfKey } from './command-of.ts';
import { replay, sendWholeAnswer, toKept, toWholeAnswer, type WholeAnswer } from './kept-answer.ts';
import { askWhetherDone } from './ask-whether-done.ts';

export interface OnceGuards {
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly cache: Pick<ResponseCache, 'forgetAfter'>;
}

/** A keyed request on its way through the policy. */
interface Turn {
  readonly exchange: Exchange;
  readonly guards: OnceGuards;
  readonly principal: Principal;
  readonly call: PreparedCall;
  readonly keyUuid: string;
  /** Of the command. */
  readonly id: string;
}

const SOON = { 'Retry-After': '1' };
const LATER = { 'Retry-After': '5' };
const FIRST_ERROR_OF_SERVER = 500;

/**
 * A write that its key names: carried out once, and answered with that one answer as often as it is repeated. Nothing is stored
 * of a request that does not fit the contract. @throws ProblemError 409, 422, 503, and what prevented an answer
 */
export async function answerOnce(
  exchange: Exchange,
  guards: OnceGuards,
  principal: Principal,
  input: JsonValue,
  key: string,
): Promise<void> {
  const { operation } = exchange;
  const keyUuid = uuidOfKey(principal, key);
  const call = prepare(operation, principal, input, keyUuid);
  const command = commandOf(operation.route, principal, key, call.input);
  exchange.record.command = command.id;
  const turn = { exchange, guards, principal, call, keyUuid, id: command.id };
  const claim = randomUUID();
  const begun = await orUnavailable(guards.commands.begin({ ...command, claim }));
  switch (begun.kind) {
    case 'begun':
      return carryOut(turn, claim, 'released');
    case 'answered':
      return replay(exchange, begun.answer);
    case 'different':
      throw new ProblemError('idempotency-key-reused');
    case 'running':
      throw new ProblemError('request-in-progress', {}, SOON);
    case 'unknown':
      return settle(turn, begun.claim, begun.sentMsAgo);
  }
}

/** `unsent`: what the command is if the service did nothing; an earlier attempt may have done something. */
async function carryOut(turn: Turn, claim: string, unsent: 'released' | 'unknown'): Promise<void> {
  const { exchange, guards, call, id } = turn;
  const { commands, publisher } = guards;
  const { operation, record } = exchange;
  let whole: WholeAnswer;
  let ending: Ending;
  try {
    // From here to the connector nothing is waited for.
    if (!commands.isLeaseValid()) throw new ProblemError('commands-unavailable', {}, LATER);
    const answer = await forgettingAfter(guards.cache, operation.route, call.input, () =>
      send(operation, call, contextOf(exchange)),
    );
    whole = await toWholeAnswer(exchange, answer);
    ending = endingOf(exchange, answer, whole, unsent);
    if (answer.kind === 'message') publisher.publish(operation.route, answer.json, record.requestId);
  } catch (error) {
    await commands.end(id, claim, { kind: mayHaveBeenDone(error) ? 'unknown' : unsent });
    throw error;
  }
  // Whether or not it can be written now: the client is told what the service said.
  await commands.end(id, claim, ending);
  await sendWholeAnswer(exchange, whole);
}

/** A fault is final where it is the caller's; one inside the service leaves open what was done before it. */
function endingOf(
  { operation: { route } }: Exchange,
  answer: Answer,
  whole: WholeAnswer,
  unsent: 'released' | 'unknown',
): Ending {
  if (answer.kind !== 'fault' || whole.status < FIRST_ERROR_OF_SERVER)
    return { kind: 'answered', answer: toKept(whole) };
  const isDeclared = route.faults.some(({ name }) => name === answer.fault.detail?.name);
  return { kind: isDeclared ? unsent : 'unknown' };
}

/** What to do with a command that may have been carried out: never send it again on mere suspicion. */
async function settle(turn: Turn, claim: string, sentMsAgo: number): Promise<void> {
  const { operation } = turn.exchange;
  if (operation.route.idempotency?.deduplicates) return sendAgain(turn, claim);
  const { settle: query } = operation;
  if (query === undefined) throw new ProblemError('outcome-unknown');
  const { exchange, principal, call, keyUuid } = turn;
  const verdict = await askWhetherDone(query, principal, call.input, keyUuid, contextOf(exchange));
  switch (verdict.kind) {
    case 'done':
      return answerAfterwards(turn, claim, verdict.json);
    case 'not-done': {
      const waitMs = query.afterSeconds * 1000 - sentMsAgo;
      if (waitMs <= 0) return sendAgain(turn, claim);
      throw notSettled('The service knows nothing of it yet.', Math.ceil(waitMs / 1000));
    }
    case 'failed':
      throw notSettled('The service could not be asked.', Number(LATER['Retry-After']), verdict.cause);
  }
}

function notSettled(reason: string, waitSeconds: number, cause?: unknown): ProblemError {
  const detail = `The first request with this Idempotency-Key may have been carried out. ${reason} Repeat it with the same key after Retry-After.`;
  return new ProblemError('outcome-unknown', { detail }, { 'Retry-After': String(waitSeconds) }, { cause });
}

async function sendAgain(turn: Turn, claim: string): Promise<void> {
  const next = randomUUID();
  if (!(await orUnavailable(turn.guards.commands.resend(turn.id, claim, next))))
    throw new ProblemError('request-in-progress', {}, SOON);
  return carryOut(turn, next, 'unknown');
}

/** The query's output is the answer that the first request would have got. */
async function answerAfterwards(
  { exchange, guards, call, id }: Turn,
  claim: string,
  json: Uint8Array,
): Promise<void> {
  const { operation, record } = exchange;
  const whole = await toWholeAnswer(exchange, { kind: 'message', json });
  // Nobody knows when it was carried out; what was kept since its request was sent may be older.
  await guards.cache.forgetAfter(operation.route, call.input);
  await guards.commands.end(id, claim, { kind: 'answered', answer: toKept(whole) });
  guards.publisher.publish(operation.route, json, record.requestId);
  await replay(exchange, whole);
}

/** Refused rather than accepted and lost. */
async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CommandStoreError)) throw error;
    throw new ProblemError('commands-unavailable', {}, LATER, { cause: error });
  }
}
