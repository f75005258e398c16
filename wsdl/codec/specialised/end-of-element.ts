import type { DecodeState } from './decode-state.ts';
import { surprise } from './surprise.ts';

const BANG = 33;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const SLASH = 47;
const LESS = 60;
const GREATER = 62;
const QUESTION = 63;

/** The position behind an element that begins at `from`, however well-formed it is. Comments and their like are left to the general decoder. */
export function endOfElement(state: DecodeState, from: number): number {
  const { bytes } = state;
  let depth = 0;
  let p = from;
  do {
    const next = bytes[p + 1]!;
    if (next === BANG || next === QUESTION) surprise(state, 0);
    const end = endOfTag(state, p);
    if (next === SLASH) depth -= 1;
    else if (bytes[end - 2] !== SLASH) depth += 1;
    p = end;
    if (depth > 0) while (bytes[p] !== LESS) if (bytes[p++] === 0) surprise(state, p - 1);
  } while (depth > 0);
  return p;
}

function endOfTag(state: DecodeState, from: number): number {
  const { bytes } = state;
  let quote = 0;
  for (let p = from + 1; ; p++) {
    const byte = bytes[p]!;
    if (byte === 0) surprise(state, p);
    if (byte === GREATER && quote === 0) return p + 1;
    if (byte === quote) quote = 0;
    else if (quote === 0 && (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE)) quote = byte;
  }
}
