import type { JsonValue, SoapFault } from '../../wsdl/index.ts';
import type { Commands } from '../commands/commands.ts';
import type { ServerConfig } from '../config/config.ts';
import { applyPresets } from '../operations/apply-presets.ts';
import { invoke } from '../operations/invoke.ts';
import type { Principal } from '../operations/principal.ts';
import type { Publisher } from '../operations/publisher.ts';
import type { Answer } from '../operations/read-answer.ts';
import { after, type Work } from './after.ts';
import { assertLimits } from './assert-limits.ts';
import type { Authenticate, Clock } from './auth/authenticate.ts';
import type { Caller } from './auth/caller.ts';
import { authorize } from './authorize.ts';
import { binaryMemberOf, contextOf } from './call-context.ts';
import type { Exchange } from './exchange.ts';
import { answerOnce } from './idempotency/answer-once.ts';
import { keyOf } from './idempotency/idempotency-key.ts';
import { isBinaryRequest } from './input/read-binary.ts';
import { readInput } from './input/read-input.ts';
import { problemOfFault } from './problem-of-fault.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { cacheKey, type ResponseCache } from './response-cache.ts';
import { sendAnswer, sendCachedAnswer } from './send-answer.ts';
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
  /** For the audit log. */
  readonly keepsInput: boolean;
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
      answerCaller(exchange, guards, caller.principal),
    );
  });
}

function answerCaller(exchange: Exchange, guards: Guards, principal: Principal): Work {
  const key = keyOf(exchange);
  const { cache } = exchange.operation.route;
  return after(readInput(exchange, principal, guards.limits, key === undefined), (input) => {
    if (guards.keepsInput) exchange.record.input = input;
    if (key !== undefined) return answerOnce(exchange, guards, principal, input, key);
    if (cache !== undefined && !binaryMemberOf(exchange))
      return answerFromCache(exchange, guards, principal, input, cache.ttlSeconds);
    return call(exchange, guards, principal, input).then((answer) => send(exchange, guards, answer));
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

/** Failed attempts count too, by address: guessing tokens is not free. */
async function refuse(exchange: Exchange, { rateLimiter }: Guards, error: unknown): Promise<never> {
  await rateLimiter.spendUnknown(exchange.request, exchange.head);
  throw error;
}

function answerFromCache(
  exchange: Exchange,
  guards: Guards,
  principal: Principal,
  input: JsonValue,
  ttlSeconds: number,
): Work {
  const { route } = exchange.operation;
  const key = cacheKey(route, principal, applyPresets(route, principal, input));
  const isReload = exchange.request.headers['cache-control']?.includes('no-cache') ?? false;
  const known = isReload ? undefined : guards.cache.find(key);
  exchange.record.cache = known === undefined ? 'miss' : 'hit';
  if (known !== undefined) return sendCachedAnswer(exchange, known, guards.clock());
  return call(exchange, guards, principal, input).then((answer) => {
    if (answer.kind !== 'message') return send(exchange, guards, answer);
    return sendCachedAnswer(exchange, guards.cache.store(key, answer.json, ttlSeconds), guards.clock());
  });
}

async function call(
  exchange: Exchange,
  { publisher }: Guards,
  principal: Principal,
  input: JsonValue,
): Promise<Answer> {
  const { operation, record } = exchange;
  const { route } = operation;
  // What is kept or published has to be whole.
  const mayStream = route.cache === undefined && route.publish === undefined;
  const answer = await invoke(operation, principal, input, { ...contextOf(exchange), mayStream });
  if (answer.kind === 'message') publisher.publish(route, answer.json, record.requestId);
  return answer;
}

function send(exchange: Exchange, { limits }: Guards, answer: Answer): Work {
  switch (answer.kind) {
    case 'message':
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
