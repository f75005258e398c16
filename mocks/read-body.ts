import type { IncomingMessage } from 'node:http';

/** The whole body, or `too-large` once more than `mostBytes` have come; the rest is then left unread. */
export async function readBody(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Uint8Array | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return 'too-large';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Not destroyed on leaving early: the answer still has to go out on this connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
