import { release } from './release.ts';

/** The beginning of something that comes in chunks. `isAll`: there is nothing more. */
export interface Gathered {
  readonly bytes: Uint8Array;
  readonly isAll: boolean;
}

/** Takes chunks until they end or have more than `most` bytes together. They are its own, and `bytes` the caller's. */
export async function gather(chunks: AsyncIterator<Uint8Array, unknown>, most: number): Promise<Gathered> {
  const taken: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await chunks.next();
    if (done) return { bytes: joined(taken), isAll: true };
    taken.push(value);
    length += value.length;
    if (length > most) return { bytes: joined(taken), isAll: false };
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const bytes = Buffer.concat(chunks);
  for (const chunk of chunks) release(chunk);
  return bytes;
}
