import type { ServerResponse } from 'node:http';
import type { Route } from '../../openapi/index.ts';
import type { CachedAnswer } from './response-cache.ts';

const NOT_MODIFIED = 304;

/** The answer of an operation whose answers are not kept. */
export function sendAnswer(response: ServerResponse, route: Route, json: Uint8Array): void {
  response.setHeader('Cache-Control', 'no-store');
  send(response, route.status, route.hasOutput ? json : undefined);
}

/** An answer that stays fresh for a while, or 304 if the client has it (RFC 9110, 13.1.2; RFC 9111, 5.1). */
export function sendCachedAnswer(
  response: ServerResponse,
  route: Route,
  { json, etag, storedAt, freshUntil }: CachedAnswer,
  now: number,
): void {
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Authorization');
  response.setHeader('Cache-Control', `private, max-age=${Math.round((freshUntil - storedAt) / 1000)}`);
  response.setHeader('Age', Math.max(0, Math.floor((now - storedAt) / 1000)));
  if (matches(response.req.headers['if-none-match'], etag)) send(response, NOT_MODIFIED);
  else send(response, route.status, json);
}

/** Weak comparison, as If-None-Match has it. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function send(response: ServerResponse, status: number, json?: Uint8Array): void {
  response.statusCode = status;
  if (json === undefined) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', json.length);
  response.end(response.req.method === 'HEAD' ? undefined : json);
}
