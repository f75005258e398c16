/** The beginning of something that comes in chunks. `isAll`: there is nothing more. */
export interface Gathered {
  readonly bytes: Uint8Array;
  readonly isAll: boolean;
}

/** Takes chunks until they end or have more than `most` bytes together. */
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
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
