import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { holdsNumber, type Json } from '../../masking/index.ts';
import type { Route } from '../../openapi/index.ts';
import type { LogRequest } from '../log/access-log.ts';
import type { LoggedCaller } from '../log/caller-members.ts';
import { newUuid } from '../trace/random-ids.ts';
import { toTraceparent, type ReadTrace, type Trace } from '../trace/trace.ts';
import type { Edge } from './front.ts';

/** What log, audit log and metrics tell of one request. Never its URL, query or credentials. */
export interface RequestRecord {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Missing where traces are not wanted. */
  readonly trace: Trace | undefined;
  readonly operation: Route | undefined;
  /** Path template. */
  route: string | undefined;
  caller: LoggedCaller | undefined;
  /** Problem code. */
  code: string | undefined;
  /** Of an answer that was broken off after it had begun: what it should have been. */
  brokenOff: number | undefined;
  /** What the response cache had. */
  cache: 'hit' | 'stale' | 'miss' | undefined;
  /** `fault`: the service said no; `unknown`: nobody knows whether it carried this out. */
  ending: 'fault' | 'unknown' | undefined;
  /** Hash of issuer, subject and Idempotency-Key. */
  command: string | undefined;
  isReplay: boolean;
  /** Only if the audit log wants it. */
  input: Json | undefined;
}

/** How requests are begun and told of; all of it may be switched off. */
export interface RecordOptions {
  readonly readTrace: ReadTrace | undefined;
  /** Clients are told the trace of their request. */
  readonly showsTrace: boolean;
  readonly request: LogRequest | undefined;
}

const records = new WeakMap<IncomingMessage, RequestRecord>();
const SANE_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const CLIENT_CLOSED_REQUEST = 499;

/** The request's id, its own if that is sane, and what is told of it at its end. */
export function beginRecord(
  request: IncomingMessage,
  readTrace: ReadTrace | undefined,
  operation?: Route,
): RequestRecord {
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && isSane(given) ? given : newUuid();
  // All members from the start: one shape for all records.
  return {
    requestId,
    startedAt: Date.now(),
    trace: readTrace?.(request.headers),
    operation,
    route: operation?.path,
    caller: undefined,
    code: undefined,
    brokenOff: undefined,
    cache: undefined,
    ending: undefined,
    command: undefined,
    isReplay: false,
    input: undefined,
  };
}

/** An id from outside goes to the log, to the client and to the service: no card or account may hide in it. */
export function isSane(id: string): boolean {
  return SANE_ID.test(id) && !holdsNumber(id);
}

/** The line in the log, once the answer is out or cannot go out any more. */
export function logRecord(
  record: RequestRecord,
  response: ServerResponse,
  log: LogRequest | undefined,
): void {
  if (log === undefined) return;
  const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
  const { method = '', socket } = response.req;
  log(record, method, record.brokenOff ?? status, Date.now() - record.startedAt, bytesSince(socket));
}

const written = new WeakMap<Socket, number>();

/** What went out on this connection since it was asked last: answers leave one after the other. */
function bytesSince(socket: Socket): number {
  const total = socket.bytesWritten;
  const before = written.get(socket) ?? 0;
  written.set(socket, total);
  return total - before;
}

/** Gives a request for a page its id, echoed in the answer, and one log line at its end. Called again, it returns the same record. */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { log, answerHead }: Edge,
): RequestRecord {
  const known = records.get(request);
  if (known !== undefined) return known;
  const record = beginRecord(request, log.readTrace);
  records.set(request, record);
  const head = answerHead(request);
  for (let index = 0; index < head.length; index += 2) response.setHeader(head[index]!, head[index + 1]!);
  response.setHeader('X-Request-Id', record.requestId);
  if (log.showsTrace && record.trace !== undefined)
    response.setHeader('traceparent', toTraceparent(record.trace));
  response.once('close', () => {
    logRecord(record, response, log.request);
  });
  return record;
}

/** Names the route in the log line of a request that `recordRequest` has begun. */
export function recordRoute(request: IncomingMessage, route: string): void {
  const record = records.get(request);
  if (record) record.route = route;
}

/** Issuer and subject as 16 hexadecimal digits of their SHA-256. */
export function hashSubject(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}\n${subject}`).digest('hex').slice(0, 16);
}
