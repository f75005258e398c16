import type { JsonValue } from '../../../wsdl/index.ts';
import { invoke } from '../../operations/invoke.ts';
import type { Principal } from '../../operations/principal.ts';
import type { Answer } from '../../operations/read-answer.ts';
import type { Clock } from '../auth/authenticate.ts';
import { contextOf } from '../call-context.ts';
import type { Exchange } from '../exchange.ts';
import { problemOfFault } from '../problem-of-fault.ts';
import { toCachedAnswer, type CachedAnswer } from './cached-answer.ts';
import type { CachePlan } from './cache-plan.ts';
import type { ResponseCache } from './response-cache.ts';
import { tagsOf } from './tags-of.ts';

export interface CacheGuards {
  readonly cache: ResponseCache;
  readonly clock: Clock;
}

/** A request for an answer that may be kept. */
export interface Read {
  readonly exchange: Exchange;
  readonly guards: CacheGuards;
  readonly plan: CachePlan;
  readonly principal: Principal;
  /** The whole input, the members from the token included. */
  readonly value: JsonValue;
  readonly key: string;
  /** The client wants no answer that was kept before. */
  readonly isReload: boolean;
}

/** What a flight brings. */
export type Loaded =
  | {
      readonly kind: 'kept';
      readonly answer: CachedAnswer;
      readonly isNew: boolean;
      readonly isStored: boolean;
    }
  /** Nothing to keep. */
  | { readonly kind: 'other'; readonly answer: Answer };

/** From the store of all processes, or from the service. @throws what prevented an answer */
export async function loadAnswer(read: Read, signal: AbortSignal): Promise<Loaded> {
  const { guards, plan, key, value } = read;
  const { cache, clock } = guards;
  const tags = tagsOf(plan.cache.tags, value);
  const { mark } = cache.near.find(key);
  const far = await cache.findFar(key, tags);
  if (far?.answer !== undefined) {
    cache.near.store(key, tags, far.answer, mark, plan.keepMs);
    const isFresh = clock() - far.answer.storedAt < plan.freshMs;
    if (isFresh && !read.isReload) return { kind: 'kept', answer: far.answer, isNew: false, isStored: true };
  }
  const answer = await callService(read, signal);
  if (answer.kind !== 'message') {
    if (isRefusal(read, answer)) cache.remove(key);
    return { kind: 'other', answer };
  }
  const kept = toCachedAnswer(answer.json, clock());
  cache.near.store(key, tags, kept, mark, plan.keepMs);
  if (far !== undefined) cache.storeFar(key, kept, far.mark, plan.keepMs);
  return { kind: 'kept', answer: kept, isNew: true, isStored: cache.near.find(key).answer === kept };
}

/** The call is nobody's alone: it has no other deadline than that of the operation. */
async function callService({ exchange, principal, value }: Read, signal: AbortSignal): Promise<Answer> {
  const { operation } = exchange;
  const context = { ...contextOf(exchange), deadline: Infinity, signal, mayStream: false };
  return invoke(operation, principal, value, context);
}

const FIRST_ERROR_OF_SERVER = 500;

/** What the caller is to blame for is the service's last word, e.g. that there is no such account any more. */
function isRefusal({ exchange }: Read, answer: Answer): boolean {
  if (answer.kind !== 'fault') return false;
  return problemOfFault(exchange.operation.route, answer.fault).problem.status < FIRST_ERROR_OF_SERVER;
}
