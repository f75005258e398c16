import type { Load } from '../scene/load.ts';

/** The requests of a load, ready to be written to a socket. */
export function requestsOf({ method, paths, body }: Load, token: string): Buffer[] {
  return paths.map((path) => {
    const head = [
      `${method} ${path} HTTP/1.1`,
      'Host: bench',
      `Authorization: Bearer ${token}`,
      'Accept: application/json',
    ];
    if (body !== undefined)
      head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`);
  });
}
