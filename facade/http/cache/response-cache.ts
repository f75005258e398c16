import type { Route } from '../../../openapi/index.ts';
import type { JsonValue } from '../../../wsdl/index.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import type { Clock } from '../auth/authenticate.ts';
import type { AnswerStore, Found } from './answer-store.ts';
import type { CachedAnswer } from './cached-answer.ts';
import { toCachePlan, type CachePlan } from './cache-plan.ts';
import { createFlights, type Flights } from './flights.ts';
import type { Loaded } from './load-answer.ts';
import { MemoryAnswerStore } from './memory-answer-store.ts';
import { createRedisAnswerStore, type TagVersions } from './redis-answer-store.ts';
import { createSharedTags, type SharedTags } from './shared-tags.ts';
import { tagsOf } from './tags-of.ts';

/** Answers to reads: in the memory of this process, and behind that, where there is Redis, in one store for all. */
export interface ResponseCache {
  /** Undefined for a route whose answers are not kept. */
  planOf(route: Route): CachePlan | undefined;
  /** Calls for answers, on their way. */
  readonly flights: Flights<Loaded>;
  /** Has a stop wait for work that no request waits for. */
  readonly track: (work: Promise<void>) => void;
  /** What this process has. */
  readonly near: MemoryAnswerStore;
  /** What all have; never fails. Undefined where that cannot be said now. */
  findFar(key: string, tags: readonly string[]): Promise<Found<TagVersions> | undefined>;
  /** The same for all, from the moment of `mark`. */
  storeFar(key: string, answer: CachedAnswer, mark: TagVersions, keepMs: number): void;
  remove(key: string): void;
  /**
   * Forgets in all processes what a call of `route` with `input` may have changed. Never fails: what other processes cannot be
   * told now, they are told later, and meanwhile keep for its time.
   */
  forgetAfter(route: Route, input: JsonValue): Promise<void> | undefined;
  forget(tags: readonly string[]): Promise<void>;
}

export interface ResponseCacheOptions {
  /** Of the memory of this process. */
  readonly bytes: number;
  readonly clock: Clock;
  readonly redis?: RedisLink | undefined;
  /** Answers stay in this process; Redis only passes on what to forget. */
  readonly isMemoryOnly: boolean;
  readonly track: (work: Promise<void>) => void;
}

const HOUR_MS = 3_600_000;

export function createResponseCache(options: ResponseCacheOptions, routes: readonly Route[]): ResponseCache {
  const { bytes, clock, redis, isMemoryOnly } = options;
  const near = new MemoryAnswerStore(bytes, clock);
  const plans = new Map(
    routes.flatMap((route) => (route.cache ? [[route, toCachePlan(route, route.cache)] as const] : [])),
  );
  const longestMs = Math.max(0, ...[...plans.values()].map(({ keepMs }) => keepMs)) + HOUR_MS;
  const shared = redis && shareWith(redis, near, longestMs);
  const far = isMemoryOnly ? undefined : shared;
  const forget = async (tags: readonly string[]): Promise<void> => {
    near.forget(tags);
    await shared?.tags.forget(tags);
  };
  return {
    near,
    flights: createFlights(),
    track: options.track,
    planOf: (route) => plans.get(route),
    async findFar(key, tags) {
      if (far === undefined || !far.tags.isTold()) return undefined;
      try {
        return await far.store.find(key, tags);
      } catch {
        return undefined;
      }
    },
    storeFar: (key, answer, mark, keepMs) =>
      void far?.store.store(key, [], answer, mark, keepMs)?.catch(skip),
    remove(key) {
      near.remove(key);
      void far?.store.remove(key)?.catch(skip);
    },
    forgetAfter({ invalidates }, input) {
      const tags = invalidates && tagsOf(invalidates, input);
      return tags === undefined || tags.length === 0 ? undefined : forget(tags);
    },
    forget,
  };
}

/** The cache is skipped while its store is away; the link tells the log. */
function skip(): void {}

/** What is forgotten by one process is forgotten by all. */
function shareWith(
  redis: RedisLink,
  near: MemoryAnswerStore,
  longestMs: number,
): { readonly store: AnswerStore<TagVersions>; readonly tags: SharedTags } {
  const onForgotten = (tags: readonly string[]): void => {
    near.forget(tags);
  };
  const store = createRedisAnswerStore(redis, { longestMs, onForgotten });
  redis.onChange((state, isNew) => {
    if (state === 'up' && isNew) near.doubt();
  });
  return { store, tags: createSharedTags(redis, store) };
}
