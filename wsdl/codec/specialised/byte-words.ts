import type { DecodeState } from './decode-state.ts';

const WORD = 4;

/** A text that is compared and written four bytes at a time. */
export interface ByteWords {
  readonly length: number;
  /** The last, where the length is no multiple of four, is filled up with zeros. */
  readonly words: Int32Array;
  /** Which bytes of the last word belong to the text. */
  readonly lastMask: number;
}

export function byteWords(text: string): ByteWords {
  const bytes = Buffer.from(text);
  const padded = Buffer.concat([bytes, Buffer.alloc((WORD - (bytes.length % WORD)) % WORD)]);
  const words = Int32Array.from({ length: padded.length / WORD }, (_, index) =>
    padded.readInt32LE(index * WORD),
  );
  const left = bytes.length % WORD;
  return { length: bytes.length, words, lastMask: left === 0 ? -1 : 2 ** (8 * left) - 1 };
}

/** Whether the text stands at a position. No word is read behind one that is not as wanted: the NUL behind the last byte never is. */
export function matchesWords({ view }: DecodeState, at: number, { words, lastMask }: ByteWords): boolean {
  const last = words.length - 1;
  let p = at;
  for (let i = 0; i < last; i++) {
    if (view.getInt32(p, true) !== words[i]) return false;
    p += WORD;
  }
  return last < 0 || (view.getInt32(p, true) & lastMask) === words[last];
}

/** Writes the text as JSON; up to three bytes behind it are overwritten, for which there is always room. */
export function putWords(state: DecodeState, { length, words }: ByteWords): void {
  state.ensure(length + 1);
  const { jsonView, used } = state;
  for (let i = 0; i < words.length; i++) jsonView.setInt32(used + i * WORD, words[i]!, true);
  state.used = used + length;
}
