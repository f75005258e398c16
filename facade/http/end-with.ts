import { isAscii } from 'node:buffer';
import type { ServerResponse } from 'node:http';

/** Up to here Node writes head and body faster as one string than as two buffers. */
const MOST_AS_TEXT = 16 * 1024;

/** Ends a response with a body, head and body in one piece where that saves a system call's worth of work. */
export function endWith(response: ServerResponse, body: Uint8Array): void {
  if (response.req.method === 'HEAD') response.end();
  else if (body.length <= MOST_AS_TEXT && isAscii(body)) response.end(textOf(body), 'latin1');
  else response.end(body);
}

function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}
