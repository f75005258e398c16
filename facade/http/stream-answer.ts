import type { ServerResponse } from 'node:http';
import type { BinaryAnswer } from '../operations/binary-answer.ts';
import { release } from '../operations/release.ts';
import { encodeStream } from './coding/encode-stream.ts';
import type { Exchange } from './exchange.ts';
import { writeHead } from './write-head.ts';

/**
 * A large answer as it is translated, no faster than the client takes it. A fault so late cannot become a status any more:
 * what it throws has to break off the connection (RFC 9112, 8: without its last chunk the message is incomplete).
 */
export async function streamAnswer(
  exchange: Exchange,
  content: AsyncGenerator<Uint8Array, void>,
  stallMs: number,
  type: string = 'application/json',
): Promise<void> {
  const { response, operation, head, codings } = exchange;
  const coding = type === 'application/json' ? codings.coding : undefined;
  head.push('Cache-Control', 'no-store', 'Content-Type', type);
  if (coding !== undefined) head.push('Content-Encoding', coding);
  writeHead(exchange, operation.route.status);
  if (response.req.method === 'HEAD') {
    // One that has not begun would end without letting go of the call that it reads from.
    await content.next();
    await content.return();
  } else {
    for await (const run of coding === undefined ? content : encodeStream(content, coding)) {
      if (response.destroyed) return;
      if (!response.write(run, coding === undefined ? releaseSent(run) : undefined))
        await drained(response, stallMs);
    }
  }
  response.end();
}

/** The content of one member as it comes; 204 where there is none. */
export async function sendBinary(
  exchange: Exchange,
  { content }: BinaryAnswer,
  stallMs: number,
): Promise<void> {
  if (content !== undefined) return streamAnswer(exchange, content, stallMs, 'application/octet-stream');
  exchange.head.push('Cache-Control', 'no-store');
  writeHead(exchange, NO_CONTENT).end();
}

const NO_CONTENT = 204;

/** Once the system has taken them. What could not be sent is left alone, as it may still be in use. */
function releaseSent(run: Uint8Array): (error?: Error | null) => void {
  return (error) => {
    if (!error) release(run);
  };
}

/** Resolves when the client has taken what was written, or has gone; who takes nothing for `stallMs` is sent away. */
function drained(response: ServerResponse, stallMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('drain', done).off('close', done);
      resolve();
    };
    const timer = setTimeout(() => response.destroy(), stallMs);
    response.on('drain', done).on('close', done);
  });
}
