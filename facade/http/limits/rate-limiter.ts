import type { IncomingMessage } from 'node:http';
import type { RateLimit, Route } from '../../../openapi/index.ts';
import type { RateLimitConfig } from '../../config/config.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import { ProblemError } from '../problem.ts';
import { addressKey } from './address-key.ts';
import { judge, partOf, quotaOf, type LimitKeys, type LimitPolicy, type Verdict } from './limit-policy.ts';
import type { LimitStore, Standing } from './limit-store.ts';
import { createRedisLimitStore } from './redis-limit-store.ts';
import { WindowStore } from './window-store.ts';
import { withLocalLimit } from './with-local-limit.ts';

export interface RateLimiter {
  /**
   * Counts one request with each limit that it falls under, and tells the client where it stands, in `head`: name, value, name,
   * value. A promise only if a store has to ask somebody. @throws ProblemError 429
   */
  spend(route: Route, caller: LimitKeys, head: string[]): Promise<void> | void;
  /** The same for a request that is for no operation. */
  spendCommon(caller: LimitKeys, head: string[]): Promise<void> | void;
  /** The same for a request without a valid token, by the address of its client. */
  spendUnknown(request: IncomingMessage, head: string[]): Promise<void> | void;
}

export interface RateLimiterOptions extends RateLimitConfig {
  /** Missing: each process counts for itself. */
  readonly redis?: RedisLink | undefined;
  /** How many processes serve this API, if the configuration does not say. */
  readonly workers: number;
}

/** Fixed windows, told as draft-ietf-httpapi-ratelimit-headers-10 has it. */
export function createRateLimiter(options: RateLimiterOptions, routes: readonly Route[]): RateLimiter {
  const subject = createPolicy('default', options, ({ limitKey }) => limitKey, options);
  const client =
    options.client && createPolicy('client', options.client, ({ clientKey }) => clientKey, options);
  const common = client === undefined ? [subject] : [subject, client];
  const policies = new Map<Route, readonly LimitPolicy[]>(
    routes.flatMap((route) =>
      route.rateLimit === undefined
        ? []
        : [[route, [...common, operationPolicy(route, route.rateLimit, options)]]],
    ),
  );
  return {
    spend: (route, caller, head) => spend(policies.get(route) ?? common, caller, head),
    spendCommon: (caller, head) => spend(common, caller, head),
    spendUnknown(request, head) {
      const limitKey = addressKey(request);
      return spend([subject], { limitKey, clientKey: limitKey }, head);
    },
  };
}

function operationPolicy(
  { service, method, path }: Route,
  { per = 'subject', ...limit }: NonNullable<Route['rateLimit']>,
  options: RateLimiterOptions,
): LimitPolicy {
  const keys = {
    subject: ({ limitKey }: LimitKeys): string => limitKey,
    client: ({ clientKey }: LimitKeys): string => clientKey,
    all: (): string => 'all',
  };
  return createPolicy('operation', limit, keys[per], options, `${service} ${method} ${path}`);
}

function createPolicy(
  name: string,
  limit: RateLimit,
  keyOf: LimitPolicy['keyOf'],
  { redis, processes, workers }: RateLimiterOptions,
  storeName: string = name,
): LimitPolicy {
  const windowMs = limit.windowSeconds * 1000;
  const memory = new WindowStore(windowMs);
  const quoted = JSON.stringify(name);
  const local = quotaOf(quoted, partOf(limit, processes ?? workers));
  return redis === undefined
    ? { name: quoted, keyOf, store: memory, shared: quotaOf(quoted, partOf(limit, workers)), local }
    : {
        name: quoted,
        keyOf,
        store: sharedStore(redis, storeName, memory, windowMs),
        shared: quotaOf(quoted, limit),
        local,
      };
}

function sharedStore(redis: RedisLink, name: string, memory: WindowStore, windowMs: number): LimitStore {
  return withLocalLimit(createRedisLimitStore(redis, name, windowMs), memory);
}

function spend(policies: readonly LimitPolicy[], caller: LimitKeys, head: string[]): Promise<void> | void {
  const standings: (Standing | Promise<Standing>)[] = [];
  for (const { store, keyOf } of policies) standings.push(store.hit(keyOf(caller)));
  if (areKnown(standings)) {
    tell(policies, standings, head);
    return;
  }
  return Promise.all(standings as Promise<Standing>[]).then((known) => {
    tell(policies, known, head);
  });
}

function areKnown(standings: readonly (Standing | Promise<Standing>)[]): standings is Standing[] {
  return !standings.some((standing) => standing instanceof Promise);
}

function tell(policies: readonly LimitPolicy[], standings: readonly Standing[], head: string[]): void {
  const now = Date.now();
  let quotas = '';
  let told = '';
  let wait = 0;
  // Each request comes by here: text is put together as it goes, without a list of verdicts.
  for (let index = 0; index < policies.length; index += 1) {
    const policy = policies[index]!;
    const verdict = judge(policy, standings[index]!, now);
    const comma = index === 0 ? '' : ', ';
    quotas += comma + verdict.quota.text;
    told += comma + standingText(policy, verdict);
    if (verdict.isExceeded) wait = Math.max(wait, verdict.waitSeconds);
  }
  head.push('RateLimit-Policy', quotas, 'RateLimit', told);
  if (wait === 0) return;
  throw new ProblemError(
    'rate-limited',
    { detail: `Wait ${wait} seconds.` },
    { 'Retry-After': String(wait) },
  );
}

function standingText({ name }: LimitPolicy, { remaining, waitSeconds }: Verdict): string {
  return `${name};r=${remaining};t=${waitSeconds}`;
}
