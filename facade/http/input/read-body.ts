import type { IncomingMessage } from 'node:http';
import { bodyTooLarge } from '../assert-limits.ts';
import { ProblemError } from '../problem.ts';

/** Whether the request has a body at all (RFC 9112, 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** The whole body. @throws ProblemError 413 above `limit` bytes, 408 after `deadline` (milliseconds since the epoch), 400 if cut off. */
export function readBody(request: IncomingMessage, limit: number, deadline: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const finish = (): void => {
      clearTimeout(timer);
      request.off('data', onChunk).off('end', onEnd).off('close', onCut);
    };
    const fail = (error: ProblemError): void => {
      finish();
      request.pause();
      reject(error);
    };
    const onChunk = (chunk: Uint8Array): void => {
      length += chunk.length;
      if (length > limit) fail(bodyTooLarge(limit));
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      finish();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
    };
    const onCut = (): void => {
      fail(new ProblemError('malformed-request', { detail: 'The body was cut off.' }));
    };
    const timer = setTimeout(() => {
      fail(
        new ProblemError(
          'request-timeout',
          { detail: 'The body did not arrive in time.' },
          { Connection: 'close' },
        ),
      );
    }, deadline - Date.now());
    request.on('data', onChunk).on('end', onEnd).on('close', onCut);
  });
}
