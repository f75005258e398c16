import { pipeline } from 'node:stream';
import { constants, createBrotliCompress, createGzip, type BrotliCompress, type Gzip } from 'node:zlib';
import { brotliOptions } from './encode-body.ts';
import type { ContentCoding } from '../../config/answers-config.ts';

/** The longest that a byte may lie in the coder while nothing follows it. */
const LONGEST_REST_MS = 20;

/**
 * A body that comes in runs, in a content coding. The first run leaves at once, and so does what is there when the source
 * pauses; between them the coder gathers, as it compresses better so. Ended early, it ends the source. @throws what that throws
 */
export async function* encodeStream(
  source: AsyncGenerator<Uint8Array, void>,
  coding: ContentCoding,
): AsyncGenerator<Uint8Array, void> {
  const coder = coding === 'br' ? createBrotliCompress(brotliOptions(0)) : createGzip();
  // What goes wrong is thrown by the loop below.
  pipeline(flushed(source, coder, coding), coder, () => undefined);
  try {
    for await (const run of coder) yield run as Uint8Array;
  } finally {
    coder.destroy();
    await source.return();
  }
}

async function* flushed(
  source: AsyncGenerator<Uint8Array, void>,
  coder: BrotliCompress | Gzip,
  coding: ContentCoding,
): AsyncGenerator<Uint8Array> {
  const kind = coding === 'br' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
  const flush = (): void => {
    if (!coder.destroyed) coder.flush(kind);
  };
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const run of source) {
      yield run;
      if (timer) timer.refresh();
      else {
        flush();
        timer = setTimeout(flush, LONGEST_REST_MS);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}
