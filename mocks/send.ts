import type { ServerResponse } from 'node:http';

/** A `type` without parameters gets its charset: all that the mock sends is UTF-8. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  if (response.destroyed) return;
  const bytes = Buffer.from(body);
  const contentType =
    bytes.length > 0 ? { 'content-type': type.includes(';') ? type : `${type}; charset=utf-8` } : {};
  response.writeHead(status, { ...contentType, 'content-length': bytes.length, ...headers });
  response.end(bytes);
}
