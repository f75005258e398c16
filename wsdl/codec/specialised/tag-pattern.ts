import type { DecodeState } from './decode-state.ts';
import { startsWith } from './starts-with.ts';
import { isDeclaration } from './tagged-element.ts';
import { endOfRun } from './tag-scan.ts';

/**
 * The bytes of a start tag, in pieces: between two of them stands the value of an attribute that declares no namespace. Such a
 * value may be another in each message, as that of `wsu:Id` is (WS-Security 1.1, 4).
 */
export type TagPattern = readonly Uint8Array[];

/** Of the tag that was scanned last. */
export function patternOf(state: DecodeState, from: number, end: number): TagPattern {
  const { bytes, tag } = state;
  const pieces: Uint8Array[] = [];
  let start = from;
  for (let index = 0; index < tag.count; index++) {
    if (isDeclaration(state, index)) continue;
    pieces.push(Uint8Array.from(bytes.subarray(start, tag.valueStarts[index])));
    start = tag.valueEnds[index]!;
  }
  return [...pieces, Uint8Array.from(bytes.subarray(start, end))];
}

/** @returns the position behind the tag, or -1 where another one stands. */
export function matchTag(bytes: Uint8Array, from: number, pattern: TagPattern): number {
  let p = from;
  for (let index = 0; index < pattern.length; index++) {
    const piece = pattern[index]!;
    if (index > 0) p = endOfRun(bytes, p);
    if (!startsWith(bytes, p, piece)) return -1;
    p += piece.length;
  }
  return p;
}
