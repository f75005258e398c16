import type { ByteTable } from './byte-table.ts';
import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';

const SPACE = 32;
const COMMA = 44;
/** No value that is listed is longer than what is looked up. */
const LONGEST = 256;

/**
 * A value that is one of many, by the JSON of each.
 *
 * @param end byte behind it. @returns its position, or NOT_COPIED.
 */
export function copyListed(
  state: DecodeState,
  from: number,
  values: ByteTable<Uint8Array>,
  end: number,
): number {
  const { bytes } = state;
  let p = from;
  while (bytes[p] !== end && bytes[p]! >= SPACE && p - from < LONGEST) p++;
  const value = bytes[p] === end ? values.find(bytes, from, p) : undefined;
  if (value === undefined) return NOT_COPIED;
  state.ensure(value.length + 1);
  const { json } = state;
  let q = state.used;
  for (let i = 0; i < value.length; i++) json[q++] = value[i]!;
  json[q] = COMMA;
  state.used = q + 1;
  return p;
}
