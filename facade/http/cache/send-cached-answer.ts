import type { ContentCoding } from '../../config/answers-config.ts';
import { codingFor, tagOf } from '../coding/content-coding.ts';
import { encodeBody } from '../coding/encode-body.ts';
import { endWith } from '../end-with.ts';
import type { Exchange } from '../exchange.ts';
import { writeHead } from '../write-head.ts';
import { bytesOf, toBody, type CachedAnswer, type EncodedBody } from './cached-answer.ts';
import type { Read } from './load-answer.ts';

const NOT_MODIFIED = 304;

/**
 * A kept answer, or 304 if the client has it (RFC 9110, 13.1.2; RFC 9111, 5.1). `status` is the value of Cache-Status. A promise
 * only where the body has yet to be compressed, which is done once.
 */
export function sendCachedAnswer(
  read: Pick<Read, 'exchange' | 'guards' | 'plan' | 'key'>,
  answer: CachedAnswer,
  now: number,
  status: string,
): Promise<void> | undefined {
  const { response, head, codings } = read.exchange;
  const coding = codingFor(codings, answer.body.length);
  const tag = tagOf(answer.etag, coding);
  for (const text of read.plan.head) head.push(text);
  head.push('ETag', tag, 'Age', String(Math.max(0, Math.floor((now - answer.storedAt) / 1000))));
  head.push('Cache-Status', status);
  const { 'if-none-match': ifNoneMatch } = response.req.headers;
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, tag)) {
    writeHead(read.exchange, NOT_MODIFIED).end();
    return undefined;
  }
  if (coding !== undefined) head.push('Content-Encoding', coding);
  const body = coding === undefined ? answer.body : answer.encoded?.get(coding);
  if (body === undefined) return encodeAndSend(read, answer, coding!);
  sendBody(read.exchange, body);
  return undefined;
}

/** Weak comparison, as If-None-Match has it. */
function matches(ifNoneMatch: string, etag: string): boolean {
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

async function encodeAndSend(
  { exchange, guards, key }: Pick<Read, 'exchange' | 'guards' | 'key'>,
  answer: CachedAnswer,
  coding: ContentCoding,
): Promise<void> {
  const encoded = toBody(await encodeBody(bytesOf(answer), coding));
  answer.encoded ??= new Map();
  answer.encoded.set(coding, encoded);
  guards.cache.near.resize(key, answer);
  sendBody(exchange, encoded);
}

function sendBody(exchange: Exchange, body: EncodedBody): void {
  const { response, operation, head } = exchange;
  head.push('Content-Type', 'application/json', 'Content-Length', String(body.length));
  writeHead(exchange, operation.route.status);
  if (typeof body !== 'string') endWith(response, body);
  else if (response.req.method === 'HEAD') response.end();
  else response.end(body, 'latin1');
}
