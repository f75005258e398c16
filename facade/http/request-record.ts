import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { setSecurityHeaders } from './security-headers.ts';

/** What the log tells of one request. Never its URL, query, payload or credentials. */
export interface RequestRecord {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Path template. */
  route?: string;
  /** Hash of the subject: the same person is the same text, but not named. */
  subject?: string;
  /** Problem code. */
  code?: string;
}

const records = new WeakMap<IncomingMessage, RequestRecord>();
const SANE_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const CLIENT_CLOSED_REQUEST = 499;

/** Gives the request its id, echoed in the answer, and one log line at its end. Called again, it returns the same record. */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  logger: Logger,
): RequestRecord {
  const known = records.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
  const record: RequestRecord = { requestId, startedAt: Date.now() };
  records.set(request, record);
  setSecurityHeaders(response);
  response.setHeader('X-Request-Id', requestId);
  response.once('close', () => {
    const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
    const { startedAt, ...told } = record;
    logger.info({ ...told, method: request.method, status, ms: Date.now() - startedAt }, 'request');
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
