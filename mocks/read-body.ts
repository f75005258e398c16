import type { IncomingMessage } from 'node:http';

/**
 * The whole body, or `too-large` once more than `mostBytes` have come; the rest is then left unread. By events: an iterator costs
 * as much as the rest of a small call. Rejects if the request is cut off.
 */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<Uint8Array | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.resolve('too-large');
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const take = (chunk: Uint8Array): void => {
      bytes += chunk.byteLength;
      if (bytes <= mostBytes) {
        chunks.push(chunk);
        return;
      }
      // Not destroyed: the answer still has to go out on this connection.
      request.off('data', take).pause();
      resolve('too-large');
    };
    request.on('data', take);
    request.once('end', () => {
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes));
    });
    request.once('error', reject);
  });
}
