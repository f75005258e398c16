import type { IncomingMessage, ServerResponse } from 'node:http';
import { CommandStoreError } from '../../commands/command-store.ts';
import type { StreamConfig } from '../../config/events-config.ts';
import type { EventTally } from '../../events/event-tally.ts';
import type { Feed } from '../../events/streams/feed.ts';
import type { Ownership } from '../../events/streams/ownership.ts';
import type { Principal } from '../../operations/principal.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import { challenge } from '../auth/challenge.ts';
import type { Cors } from '../cors.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import { ProblemError } from '../problem.ts';
import { STREAM_HEAD, streamEvents, type EventStream } from './event-stream.ts';

/** Streams of events at one path. */
export interface Streams {
  readonly path: string;
  /** Answers a request for the path, whatever its method. @throws ProblemError */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends all of them, and begins no more. */
  end(): void;
}

export interface StreamsOptions {
  readonly config: StreamConfig;
  readonly ownership: Ownership;
  readonly feed: Feed;
  readonly tally: EventTally;
  readonly authenticate: Authenticate;
  readonly rateLimiter: RateLimiter;
  readonly cors: Cors | undefined;
}

const OK = 200;
const NO_CONTENT = 204;
const METHODS = ['GET', 'HEAD', 'OPTIONS'];
const LONGEST_ID = 256;

export function createStreams(options: StreamsOptions): Streams {
  const { config } = options;
  const open = new Set<EventStream>();
  const counts = createCounts();
  const ending = new AbortController();
  const isEnding = (): boolean => ending.signal.aborted;
  const begin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const caller = await admit(options, request, response);
    const owners = options.ownership.ownersFor(caller.principal);
    if (owners.length === 0) throw notAllowed(config, caller);
    if (request.method === 'HEAD') {
      response.writeHead(OK, STREAM_HEAD).end();
      return;
    }
    if (isEnding()) throw new ProblemError('stopping');
    if (counts.all() >= config.concurrent) throw new ProblemError('overloaded', {}, { 'Retry-After': '5' });
    if (counts.of(caller.limitKey) >= config.perPrincipal) throw tooMany(config);
    counts.begin(caller.limitKey);
    response.once('close', () => {
      counts.end(caller.limitKey);
    });
    const stream = await orUnavailable(
      streamEvents(request, response, {
        ...options,
        owners,
        expiresAt: expiryOf(caller.principal),
        lastEventId: lastEventIdOf(request),
      }),
    );
    if (stream === undefined) return;
    open.add(stream);
    response.once('close', () => open.delete(stream));
    if (isEnding()) stream.end();
  };
  return {
    path: config.path,
    async answer(request, response) {
      const { method } = request;
      if (method === 'GET' || method === 'HEAD') return begin(request, response);
      if (method !== 'OPTIONS') throw notAllowedMethod();
      answerOptions(options.cors, request, response);
    },
    end() {
      ending.abort();
      for (const stream of open) stream.end();
    },
  };
}

interface Counts {
  readonly all: () => number;
  readonly of: (key: string) => number;
  readonly begin: (key: string) => void;
  readonly end: (key: string) => void;
}

/** Streams that have begun, by principal. */
function createCounts(): Counts {
  const counts = new Map<string, number>();
  let all = 0;
  const of = (key: string): number => counts.get(key) ?? 0;
  return {
    all: () => all,
    of,
    begin(key) {
      all += 1;
      counts.set(key, of(key) + 1);
    },
    end(key) {
      all -= 1;
      if (of(key) > 1) counts.set(key, of(key) - 1);
      else counts.delete(key);
    },
  };
}

/** Authentication and rate limit, as for operations. */
async function admit(
  { authenticate, rateLimiter }: StreamsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Caller> {
  const head: string[] = [];
  try {
    const caller = await identify(authenticate, rateLimiter, request, head);
    await rateLimiter.spendCommon(caller, head);
    return caller;
  } finally {
    for (let index = 0; index < head.length; index += 2)
      response.appendHeader(head[index]!, head[index + 1]!);
  }
}

/** Failed attempts count too, by address, unless they are but the beginning of a proof. */
async function identify(
  authenticate: Authenticate,
  rateLimiter: RateLimiter,
  request: IncomingMessage,
  head: string[],
): Promise<Caller> {
  try {
    return await authenticate(request, head);
  } catch (error) {
    const isBeginning = error instanceof ProblemError && error.problem.code === 'proof-nonce-missing';
    if (!isBeginning) await rateLimiter.spendUnknown(request, head);
    throw error;
  }
}

function notAllowedMethod(): ProblemError {
  const allow = METHODS.join(', ');
  return new ProblemError('method-not-allowed', { detail: `This path has ${allow}.` }, { Allow: allow });
}

/** No rule is for this caller: of those with scopes, all that the first asks for are named. */
function notAllowed({ rules }: StreamConfig, { scheme, principal }: Caller): ProblemError {
  const missing = rules.find(({ scopes }) => !scopes.every((scope) => principal.scopes.has(scope)));
  if (missing === undefined)
    return new ProblemError('claim-missing', {
      detail: 'No event could be yours: the token has no claim by which this API tells whose events are.',
    });
  const headers = challenge(scheme, { error: 'insufficient_scope', scope: missing.scopes.join(' ') });
  return new ProblemError(
    'insufficient-scope',
    { detail: `The token lacks a scope of ${missing.scopes.map((scope) => `"${scope}"`).join(', ')}.` },
    headers,
  );
}

function tooMany({ perPrincipal, retrySeconds }: StreamConfig): ProblemError {
  const detail = `You have ${perPrincipal} streams open, which is the limit. Close one, or share it.`;
  return new ProblemError('rate-limited', { detail }, { 'Retry-After': String(retrySeconds) });
}

/** HTML Standard, 9.2.4. What is no position of ours is told as a gap. */
function lastEventIdOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id.slice(0, LONGEST_ID) : undefined;
}

/** Milliseconds since the epoch. Every token that is taken has `exp`. */
function expiryOf({ claims }: Principal): number {
  return Number(claims['exp']) * 1000;
}

async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CommandStoreError)) throw error;
    const detail = 'Events cannot be read now. Try again after Retry-After.';
    throw new ProblemError('commands-unavailable', { detail }, { 'Retry-After': '5' }, { cause: error });
  }
}

function answerOptions(cors: Cors | undefined, request: IncomingMessage, response: ServerResponse): void {
  const preflight = cors?.preflightHead(request, METHODS, ['Last-Event-ID']) ?? [];
  for (let index = 0; index < preflight.length; index += 2)
    response.setHeader(preflight[index]!, preflight[index + 1]!);
  response.writeHead(NO_CONTENT, { Allow: METHODS.join(', '), 'Cache-Control': 'no-store' }).end();
}
