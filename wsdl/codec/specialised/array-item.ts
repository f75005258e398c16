import type { DecodeState } from './decode-state.ts';
import { isNameEnd } from './message-opening.ts';
import { surprise } from './surprise.ts';
import { scanNcName } from './tag-scan.ts';

const SLASH = 47;
const LESS = 60;
const GREATER = 62;

/** The start tag of an item of whatever name, without a prefix. @returns the position behind its name. */
export function openItem(state: DecodeState, from: number): number {
  const { bytes } = state;
  if (bytes[from] !== LESS) surprise(state, from);
  const end = scanNcName(state, from + 1);
  return isNameEnd(bytes[end]!) ? end : surprise(state, end);
}

/** The end tag of an item whose start tag is at `open`, with its name up to `end`. @returns the position behind the tag. */
export function closeItem(state: DecodeState, from: number, open: number, end: number): number {
  const { bytes } = state;
  if (bytes[from] !== LESS || bytes[from + 1] !== SLASH) surprise(state, from);
  let p = from + 2;
  for (let i = open + 1; i < end; i++) if (bytes[i] !== bytes[p++]) surprise(state, p);
  return bytes[p] === GREATER ? p + 1 : surprise(state, p);
}
