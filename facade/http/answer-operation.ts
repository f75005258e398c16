import type { JsonValue, SoapFault } from '../../wsdl/index.ts';
import type { Commands } from '../commands/commands.ts';
import type { ServerConfig } from '../config/config.ts';
import type { Deferral } from '../deferred/deferral.ts';
import { invoke } from '../operations/invoke.ts';
import type { Principal } from '../operations/principal.ts';
import type { Publisher } from '../events/publisher.ts';
import type { Answer } from '../operations/read-answer.ts';
import { after, type Work } from './after.ts';
import { assertLimits } from './assert-limits.ts';
import type { Authenticate, Clock } from './auth/authenticate.ts';
import type { Caller } from './auth/caller.ts';
import { authorize } from './authorize.ts';
import { answerFromCache } from './cache/answer-from-cache.ts';
import { forgettingAfter } from './cache/forgetting-after.ts';
import type { ResponseCache } from './cache/response-cache.ts';
import { binaryMemberOf, contextOf } from './call-context.ts';
import type { Exchange } from './exchange.ts';
import { answerLater, isForLater } from './deferred/answer-later.ts';
import { answerOnce } from './idempotency/answer-once.ts';
import { keyOf } from './idempotency/idempotency-key.ts';
import { isBinaryRequest } from './input/read-binary.ts';
import { readInput } from './input/read-input.ts';
import { ProblemError } from './problem.ts';
import type { Cursors } from './paging/cursors.ts';
import { pageLinks } from './paging/page-links.ts';
import { problemOfFault } from './problem-of-fault.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { sendAnswer } from './send-answer.ts';
import { answerProblem } from './send-problem.ts';
import { sendBinary, streamAnswer } from './stream-answer.ts';

/** What the policies of all operations share. */
export interface Guards {
  readonly limits: ServerConfig;
  readonly authenticate: Authenticate;
  readonly rateLimiter: RateLimiter;
  readonly cache: ResponseCache;
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly cursors: Cursors;
  /** For the audit log. */
  readonly keepsInput: boolean;
  /** Missing where no route is carried out later. */
  readonly deferral: Deferral | undefined;
}

/**
 * The life of a request, policy by policy. A promise only if something had to be waited for: an async function costs every
 * request memory and turns of the queue. @throws whatever prevented an answer; see `problemOfError`. */
export function answerOperation(exchange: Exchange, guards: Guards): Work {
  const { bodyBytes, binaryBytes } = guards.limits;
  assertLimits(exchange, isBinaryRequest(exchange) ? Math.max(bodyBytes, binaryBytes) : bodyBytes);
  return after(identify(exchange, guards), (caller) => {
    const { route } = exchange.operation;
    exchange.record.caller = caller;
    authorize(route, caller);
    return after(guards.rateLimiter.spend(route, caller, exchange.head), () =>
      answerCaller(exchange, guards, caller),
    );
  });
}

function answerCaller(exchange: Exchange, guards: Guards, caller: Caller): Work {
  const { principal } = caller;
  const key = keyOf(exchange);
  const { route } = exchange.operation;
  const plan = guards.cache.planOf(route);
  const isLater = isForLater(exchange);
  const isWrittenDown = key !== undefined || route.publish !== undefined;
  return after(readInput(exchange, principal, guards, !isWrittenDown && !isLater), (input) => {
    if (guards.keepsInput) exchange.record.input = input;
    if (isLater) return answerLater(exchange, guards.deferral!, principal, input, key);
    if (isWrittenDown) return answerOnce(exchange, guards, principal, input, key);
    const sendIt = (answer: Answer): Work => send(exchange, guards, answer);
    if (plan !== undefined && !binaryMemberOf(exchange))
      return answerFromCache(exchange, guards, caller, input, plan, sendIt);
    return call(exchange, guards, principal, input).then(sendIt);
  });
}

function identify(exchange: Exchange, guards: Guards): Caller | Promise<Caller> {
  try {
    const caller = guards.authenticate(exchange.request, exchange.head);
    if (!(caller instanceof Promise)) return caller;
    return caller.catch((error: unknown) => refuse(exchange, guards, error));
  } catch (error) {
    return refuse(exchange, guards, error);
  }
}

/**
 * Failed attempts count too, by address: guessing tokens is not free. Being told a nonce is no such attempt (RFC 9449, 9): every
 * client of a good token begins with it, and all of them may come from the address of one proxy.
 */
async function refuse(exchange: Exchange, { rateLimiter }: Guards, error: unknown): Promise<never> {
  const isBeginning = error instanceof ProblemError && error.problem.code === 'proof-nonce-missing';
  if (!isBeginning) await rateLimiter.spendUnknown(exchange.request, exchange.head);
  throw error;
}

function call(
  exchange: Exchange,
  { cache }: Guards,
  principal: Principal,
  input: JsonValue,
): Promise<Answer> {
  const { operation } = exchange;
  const { route } = operation;
  // What is kept or looked into has to be whole.
  const mayStream = route.cache === undefined && route.paging === undefined;
  return forgettingAfter(cache, route, input, () =>
    invoke(operation, principal, input, { ...contextOf(exchange), mayStream }),
  );
}

function send(exchange: Exchange, { limits, cursors }: Guards, answer: Answer): Work {
  const { page, operation, query, head } = exchange;
  switch (answer.kind) {
    case 'message':
      if (page !== undefined)
        head.push('Link', pageLinks(operation.route.paging!, page, query, answer.json, cursors));
      return sendAnswer(exchange, answer.json);
    case 'stream':
      return streamAnswer(exchange, answer.json, limits.requestTimeoutSeconds * 1000);
    case 'binary':
      return sendBinary(exchange, answer, limits.requestTimeoutSeconds * 1000);
    case 'fault':
      sendFault(exchange, answer.fault);
      return undefined;
  }
}

function sendFault(exchange: Exchange, soapFault: SoapFault): void {
  const { record, operation } = exchange;
  const { problem, fault } = problemOfFault(operation.route, soapFault);
  record.code = problem.code;
  record.ending = 'fault';
  answerProblem(exchange, { ...problem, requestId: record.requestId }, {}, fault);
}
