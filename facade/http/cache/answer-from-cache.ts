import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '../../../wsdl/index.ts';
import { applyPresets } from '../../operations/apply-presets.ts';
import type { Answer } from '../../operations/read-answer.ts';
import type { Caller } from '../auth/caller.ts';
import type { Exchange } from '../exchange.ts';
import { problemOfError } from '../problem-of-error.ts';
import { problemOfFault } from '../problem-of-fault.ts';
import type { Work } from '../after.ts';
import type { CachedAnswer } from './cached-answer.ts';
import type { CachePlan } from './cache-plan.ts';
import { loadAnswer, type CacheGuards, type Loaded, type Read } from './load-answer.ts';
import { sendCachedAnswer } from './send-cached-answer.ts';

/** How long after a failure nobody asks for the same answer again, while there is an old one to give. */
const RETRY_MS = 5000;
const FIRST_ERROR_OF_SERVER = 500;
const SECOND = 1000;

/**
 * Answers a read from what is kept, if that is fresh; else with what one call to the service brings for all who ask; and where
 * that fails, with what there was, marked as stale (RFC 5861). A promise only if there is something to wait for.
 * @param sendOther sends an answer that is not to be kept
 * @throws what prevented an answer
 */
export function answerFromCache(
  exchange: Exchange,
  guards: CacheGuards,
  caller: Caller,
  input: JsonValue,
  plan: CachePlan,
  sendOther: (answer: Answer) => Work,
): Work {
  const { principal } = caller;
  const value = applyPresets(exchange.operation.route, principal, input);
  const key = keyOf(plan, caller, value);
  const isReload = wantsReload(exchange.request);
  const { answer, isDoubtful = false } = guards.cache.near.find(key);
  const read = { exchange, guards, plan, principal, value, key, isReload };
  exchange.record.cache = 'miss';
  if (answer === undefined || isReload) return answerAnew(read, isReload ? 'request' : 'miss', sendOther);
  const now = guards.clock();
  const use = useOf(answer, isDoubtful, plan, now);
  if (use === 'none') return answerAnew(read, 'stale', sendOther);
  exchange.record.cache = use === 'fresh' ? 'hit' : 'stale';
  if (use === 'stale-while-revalidate' && answer.retryAt <= now) refresh(read, answer);
  return sendCachedAnswer(read, answer, now, hit(plan, now - answer.storedAt, use));
}

type Use = 'fresh' | 'stale-if-error' | 'stale-while-revalidate' | 'none';

/** What may be done with an answer at hand. */
function useOf(answer: CachedAnswer, isDoubtful: boolean, plan: CachePlan, now: number): Use {
  const age = now - answer.storedAt;
  if (!isDoubtful && age < plan.freshMs) return 'fresh';
  if (answer.retryAt > now && age < plan.errorMs) return 'stale-if-error';
  return !isDoubtful && age < plan.revalidateMs ? 'stale-while-revalidate' : 'none';
}

/** The route, who asks unless that makes no difference, and all that the answer depends on. */
function keyOf({ keyPrefix, cache }: CachePlan, { limitKey }: Caller, value: JsonValue): string {
  return `${keyPrefix}${cache.isShared ? '' : limitKey}\n${JSON.stringify(value)}`;
}

/** RFC 9111, 5.2.1: a client that has reason to doubt what is kept, e.g. after a reload in a browser. */
function wantsReload({ headers }: IncomingMessage): boolean {
  const { 'cache-control': directives } = headers;
  return directives !== undefined && /\b(no-cache|no-store|max-age=0)\b/i.test(directives);
}

/** RFC 9211; below zero the answer is stale. */
function hit({ freshMs }: CachePlan, age: number, use: Use = 'fresh'): string {
  const status = `portico; hit; ttl=${Math.floor((freshMs - age) / SECOND)}`;
  return use === 'fresh' ? status : `${status}; detail=${use}`;
}

async function answerAnew(
  read: Read,
  reason: 'miss' | 'stale' | 'request',
  sendOther: (answer: Answer) => Work,
): Promise<void> {
  const { exchange, guards } = read;
  const { flights } = guards.cache;
  const passenger = { deadline: exchange.deadline, signal: exchange.abort };
  let landing;
  try {
    landing = await flights.join(flightKey(read), passenger, (signal) => loadAnswer(read, signal));
  } catch (error) {
    const old = isTrouble(read, error) ? oldAnswer(read) : undefined;
    if (old === undefined) throw error;
    return sendStale(read, old);
  }
  const { result, isCollapsed } = landing;
  if (result.kind === 'kept') {
    if (!result.isNew) exchange.record.cache = 'hit';
    return sendCachedAnswer(read, result.answer, guards.clock(), statusOf(read, result, reason, isCollapsed));
  }
  const old = isFailure(read, result.answer) ? oldAnswer(read) : undefined;
  return old === undefined ? sendOther(result.answer) : sendStale(read, old);
}

/** Who does not want what is kept must not wait for somebody who takes it. */
function flightKey({ key, isReload }: Read): string {
  return isReload ? `reload\n${key}` : key;
}

function statusOf(
  { plan, guards }: Read,
  { answer, isNew, isStored }: Extract<Loaded, { kind: 'kept' }>,
  reason: string,
  isCollapsed: boolean,
): string {
  if (!isNew) return hit(plan, guards.clock() - answer.storedAt);
  return `portico; fwd=${reason}${isStored ? '; stored' : ''}${isCollapsed ? '; collapsed' : ''}`;
}

function isTrouble({ exchange }: Read, error: unknown): boolean {
  return problemOfError(error, exchange.operation).problem.status >= FIRST_ERROR_OF_SERVER;
}

/** A fault in the service is as good a reason for an old answer as none at all. */
function isFailure({ exchange }: Read, answer: Answer): boolean {
  if (answer.kind !== 'fault') return false;
  return problemOfFault(exchange.operation.route, answer.fault).problem.status >= FIRST_ERROR_OF_SERVER;
}

/** Undefined if there is none, or it is too old. */
function oldAnswer({ guards, plan, key }: Read): CachedAnswer | undefined {
  const { answer } = guards.cache.near.find(key);
  return answer !== undefined && guards.clock() - answer.storedAt < plan.errorMs ? answer : undefined;
}

function sendStale(read: Read, old: CachedAnswer): Work {
  const now = read.guards.clock();
  read.exchange.record.cache = 'stale';
  old.retryAt = now + RETRY_MS;
  return sendCachedAnswer(read, old, now, hit(read.plan, now - old.storedAt, 'stale-if-error'));
}

/** Fetches a new answer while nobody waits for it. */
function refresh(read: Read, old: CachedAnswer): void {
  const { cache, clock } = read.guards;
  const work = cache.flights.sendAhead(flightKey(read), (signal) => loadAnswer(read, signal));
  if (work === undefined) return;
  const onFailure = (): void => {
    old.retryAt = clock() + RETRY_MS;
  };
  cache.track(
    work.then((loaded) => {
      if (loaded.kind === 'other') onFailure();
    }, onFailure),
  );
}
