import { endWith } from './end-with.ts';
import type { Exchange } from './exchange.ts';
import type { CachedAnswer } from './response-cache.ts';

const NOT_MODIFIED = 304;

/** The answer of an operation whose answers are not kept. */
export function sendAnswer({ response, operation, head }: Exchange, json: Uint8Array): void {
  const { route } = operation;
  head.push('Cache-Control', 'no-store');
  if (!route.hasOutput) {
    response.writeHead(route.status, head).end();
    return;
  }
  head.push('Content-Type', 'application/json', 'Content-Length', String(json.length));
  endWith(response.writeHead(route.status, head), json);
}

/** An answer that stays fresh for a while, or 304 if the client has it (RFC 9110, 13.1.2; RFC 9111, 5.1). */
export function sendCachedAnswer(
  { response, operation, head }: Exchange,
  { json, etag, storedAt, head: kept }: CachedAnswer,
  now: number,
): void {
  for (const text of kept) head.push(text);
  head.push('Age', String(Math.max(0, Math.floor((now - storedAt) / 1000))));
  const { 'if-none-match': ifNoneMatch } = response.req.headers;
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag)) {
    response.writeHead(NOT_MODIFIED, head).end();
    return;
  }
  head.push('Content-Type', 'application/json', 'Content-Length', String(json.length));
  endWith(response.writeHead(operation.route.status, head), json);
}

/** Weak comparison, as If-None-Match has it. */
function matches(ifNoneMatch: string, etag: string): boolean {
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
