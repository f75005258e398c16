import type { SimpleCodec } from '../simple/simple-codec.ts';
import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';
import { putJson } from './read-text.ts';

const SPACE = 32;
const AMPERSAND = 38;
const DOUBLE_QUOTE = 34;
const LESS = 60;

/**
 * An attribute value of plain ASCII between double quotes; `from` is behind the first.
 * @returns the position behind the second, or NOT_COPIED.
 */
export function readAttribute(state: DecodeState, from: number, codec: SimpleCodec): number {
  const { bytes } = state;
  let p = from;
  for (; bytes[p] !== DOUBLE_QUOTE; p++) {
    const byte = bytes[p]!;
    if (byte < SPACE || byte > 126 || byte === AMPERSAND || byte === LESS) return NOT_COPIED;
  }
  const json = codec.fromXml(bytes.toString('latin1', from, p), state.resolvePrefix);
  if (typeof json !== 'string') return NOT_COPIED;
  putJson(state, json);
  return p + 1;
}
