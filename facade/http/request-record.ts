import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogRequest } from '../log/request-log.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** What the log tells of one request. Never its URL, query, payload or credentials. */
export interface RequestRecord {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Path template. */
  route?: string | undefined;
  /** Hash of the subject: the same person is the same text, but not named. */
  subject?: string | undefined;
  /** Problem code. */
  code?: string | undefined;
  /** Of an answer that was broken off after it had begun: what it should have been. */
  brokenOff?: number | undefined;
}

const records = new WeakMap<IncomingMessage, RequestRecord>();
const SANE_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const CLIENT_CLOSED_REQUEST = 499;

/** The request's id, its own if that is sane, and what is told of it at its end. */
export function beginRecord(request: IncomingMessage, route?: string): RequestRecord {
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
  // All members from the start: one shape for all records.
  return {
    requestId,
    startedAt: Date.now(),
    route,
    subject: undefined,
    code: undefined,
    brokenOff: undefined,
  };
}

/** The line in the log, once the answer is out or cannot go out any more. */
export function logRecord(record: RequestRecord, response: ServerResponse, log: LogRequest): void {
  const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
  log(record, response.req.method ?? '', record.brokenOff ?? status, Date.now() - record.startedAt);
}

/** Gives a request for a page its id, echoed in the answer, and one log line at its end. Called again, it returns the same record. */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  log: LogRequest,
): RequestRecord {
  const known = records.get(request);
  if (known !== undefined) return known;
  const record = beginRecord(request);
  records.set(request, record);
  setSecurityHeaders(response);
  response.setHeader('X-Request-Id', record.requestId);
  response.once('close', () => {
    logRecord(record, response, log);
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
