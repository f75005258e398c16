import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync, type BrotliOptions } from 'node:zlib';
import type { ContentCoding } from '../../config/answers-config.ts';

/** Up to here the work takes less than handing it to another thread does (about 0.2 ms). */
const MOST_AT_ONCE = 16 * 1024;
/** Better than gzip at the same cost. The window is as large as the bodies: a larger one is memory for nothing. */
const QUALITY = 4;
const WINDOW_BITS = 18;

/** A whole body in a content coding; larger ones in another thread. */
export function encodeBody(body: Uint8Array, coding: ContentCoding): Uint8Array | Promise<Uint8Array> {
  return body.length <= MOST_AT_ONCE ? encodeAtOnce(body, coding) : encodeElsewhere(body, coding);
}

/** For brotli, of a body of so many bytes; 0 if that is not known. */
export function brotliOptions(bytes: number): BrotliOptions {
  return {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
    },
  };
}

function encodeAtOnce(body: Uint8Array, coding: ContentCoding): Uint8Array {
  return coding === 'br' ? brotliCompressSync(body, brotliOptions(body.length)) : gzipSync(body);
}

function encodeElsewhere(body: Uint8Array, coding: ContentCoding): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, encoded: Uint8Array): void => {
      if (error) reject(error);
      else resolve(encoded);
    };
    if (coding === 'br') brotliCompress(body, brotliOptions(body.length), done);
    else gzip(body, done);
  });
}
