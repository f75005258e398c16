import type { JsonValue } from '../../wsdl/index.ts';
import type { ServerConfig } from '../config/config.ts';
import { applyPresets } from '../operations/apply-presets.ts';
import { invoke } from '../operations/invoke.ts';
import type { Principal } from '../operations/principal.ts';
import type { Publisher } from '../operations/publisher.ts';
import { assertLimits } from './assert-limits.ts';
import { authenticate, type Clock } from './auth/authenticate.ts';
import type { Issuer } from './auth/issuers.ts';
import { authorize } from './authorize.ts';
import type { Exchange } from './exchange.ts';
import { readInput } from './input/read-input.ts';
import { problemOfFault } from './problem-of-fault.ts';
import { addressKey, subjectKey, type RateLimiter } from './rate-limiter.ts';
import { hashSubject } from './request-record.ts';
import { cacheKey, type ResponseCache } from './response-cache.ts';
import { sendAnswer, sendCachedAnswer } from './send-answer.ts';
import { sendProblem } from './send-problem.ts';

/** What the policies of all operations share. */
export interface Guards {
  readonly limits: ServerConfig;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly rateLimiter: RateLimiter;
  readonly cache: ResponseCache;
  readonly publisher: Publisher;
  readonly clock: Clock;
}

/** The life of a request, policy by policy. @throws whatever prevented an answer; see `problemOfError`. */
export async function answerOperation(exchange: Exchange, guards: Guards): Promise<void> {
  assertLimits(exchange, guards.limits.bodyBytes);
  const principal = await identify(exchange, guards);
  authorize(exchange.operation.route, principal);
  await guards.rateLimiter.spend(subjectKey(principal), exchange.response);
  const input = await readInput(exchange, principal, guards.limits);
  const { cache } = exchange.operation.route;
  if (cache === undefined) await answerAnew(exchange, guards, principal, input);
  else await answerFromCache(exchange, guards, principal, input, cache.ttlSeconds);
}

/** Failed attempts count too, by address: guessing tokens is not free. */
async function identify(exchange: Exchange, { issuers, clock, rateLimiter }: Guards): Promise<Principal> {
  try {
    const principal = await authenticate(exchange.request, issuers, clock);
    exchange.record.subject = hashSubject(principal.issuer, principal.subject);
    return principal;
  } catch (error) {
    await rateLimiter.spend(addressKey(exchange.request), exchange.response);
    throw error;
  }
}

async function answerFromCache(
  exchange: Exchange,
  guards: Guards,
  principal: Principal,
  input: JsonValue,
  ttlSeconds: number,
): Promise<void> {
  const { request, response, operation } = exchange;
  const key = cacheKey(operation.route, principal, applyPresets(operation.route, principal, input));
  const isReload = request.headers['cache-control']?.includes('no-cache') ?? false;
  const known = isReload ? undefined : guards.cache.find(key);
  if (known !== undefined) {
    sendCachedAnswer(response, operation.route, known, guards.clock());
    return;
  }
  const json = await call(exchange, guards, principal, input);
  if (json !== undefined)
    sendCachedAnswer(response, operation.route, guards.cache.store(key, json, ttlSeconds), guards.clock());
}

async function answerAnew(
  exchange: Exchange,
  guards: Guards,
  principal: Principal,
  input: JsonValue,
): Promise<void> {
  const json = await call(exchange, guards, principal, input);
  if (json !== undefined) sendAnswer(exchange.response, exchange.operation.route, json);
}

/** @returns the answer's JSON bytes, or undefined if a fault came, which is then answered. */
async function call(
  { request, response, operation, record, deadline, abort }: Exchange,
  { publisher }: Guards,
  principal: Principal,
  input: JsonValue,
): Promise<Uint8Array | undefined> {
  const { traceparent } = request.headers;
  const answer = await invoke(operation, principal, input, {
    deadline,
    requestId: record.requestId,
    signal: abort.signal,
    ...(typeof traceparent === 'string' && TRACEPARENT.test(traceparent) && { traceparent }),
  });
  if (answer.kind === 'message') {
    publisher.publish(operation.route, answer.json, record.requestId);
    return answer.json;
  }
  const { problem, fault } = problemOfFault(operation.route, answer.fault);
  record.code = problem.code;
  sendProblem(response, { ...problem, requestId: record.requestId }, {}, fault);
  return undefined;
}

/** W3C Trace Context, 3.2.2. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
