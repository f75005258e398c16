import { createHash } from 'node:crypto';
import type { ContentCoding } from '../../config/answers-config.ts';

export type EncodedBody = string | Uint8Array;

/** An answer that can be given again, made ready for that. */
export interface CachedAnswer {
  /** JSON; up to `MOST_AS_TEXT` bytes as text of one character a byte, which Node writes faster together with the head. */
  readonly body: EncodedBody;
  /** Strong (RFC 9110, 8.8.3): a hash of the bytes. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** The same in content codings, as far as clients have asked for them. */
  encoded: Map<ContentCoding, EncodedBody> | undefined;
  /** After no new answer could be had: sooner nobody need try again. Milliseconds since the epoch. */
  retryAt: number;
}

const MOST_AS_TEXT = 16 * 1024;

export function toCachedAnswer(
  json: Uint8Array,
  storedAt: number,
  etag: string = etagOf(json),
): CachedAnswer {
  return { body: toBody(json), etag, storedAt, encoded: undefined, retryAt: 0 };
}

/** Bytes get memory of their own: a part of a larger buffer would keep the whole. */
export function toBody(bytes: Uint8Array): EncodedBody {
  if (bytes.length > MOST_AS_TEXT) return Uint8Array.from(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Of all that is kept of it. */
export function sizeOf({ body, encoded }: CachedAnswer): number {
  let bytes = body.length;
  for (const { length } of encoded?.values() ?? []) bytes += length;
  return bytes;
}

export function bytesOf({ body }: CachedAnswer): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
}

function etagOf(json: Uint8Array): string {
  return `"${createHash('sha256').update(json).digest('base64url')}"`;
}
