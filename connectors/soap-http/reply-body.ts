import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Exchange } from './exchange.ts';
import { readError } from './transport-error.ts';

/**
 * The bytes of an answer as they come, decompressed. At most `maxBytes` of them, so that no answer (and no small one
 * that unpacks to gigabytes) fills the memory; later than the deadline none. Iterating throws ConnectorError.
 */
export async function* replyBytes(
  exchange: Exchange,
  body: Readable,
  encoding: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  try {
    for await (const chunk of unpacked(body, encoding) as AsyncIterable<Uint8Array>) {
      total += chunk.length;
      if (total > maxBytes) throw exchange.error('TOO_LARGE', `the answer is larger than ${maxBytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    throw readError(exchange, error);
  } finally {
    exchange.end();
    discard(body);
  }
}

/** Ends the answer, and its connection unless it has come whole; that it was ended is no error. */
export function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === '' || encoding === 'identity') return body;
  // Errors of either stream reach whoever iterates the last one.
  return pipeline(body, createGunzip(), () => undefined);
}

/** `bytes` with the first chunk read already, so that it is known whether there is any; undefined if there is none. */
export async function startOf(
  bytes: AsyncGenerator<Uint8Array>,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  for (;;) {
    const first = await bytes.next();
    if (first.done) return undefined;
    if (first.value.length > 0) return continued(first.value, bytes);
  }
}

async function* continued(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** The first bytes of an answer that is only looked at; how it ends does not matter. */
export async function beginningOf(bytes: AsyncGenerator<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    total += chunk.length;
    if (total >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes);
}
