import { translatePattern } from './pattern.ts';

/** A set of bytes, and how many of them stand in a row. */
export interface PatternPiece {
  /** 1 for the bytes in the set. */
  readonly bytes: Uint8Array;
  readonly min: number;
  readonly max: number;
}

const PIECE =
  /(?:\[((?:[A-Za-z0-9_.:/+*#@ -]|\\[-.d])+)\]|\\d|([A-Za-z0-9_:/@-])|\\([-.]))(?:\{(\d+)(,(\d*))?\}|([?*+]))?/y;
const RANGE = /\\d|\\?(.)(?:-([A-Za-z0-9]))?/g;
const COPIED = /[\w.:/+*#@-]/;

/**
 * An XSD pattern that is a row of sets of ASCII characters, each so often, and needs no going back: what may repeat cannot
 * begin what follows. Characters that are not the same in XML and JSON are left out of the sets.
 *
 * @returns undefined for any other pattern.
 */
export function patternPieces(pattern: string): readonly PatternPiece[] | undefined {
  if ('reason' in translatePattern(pattern)) return undefined;
  const pieces: PatternPiece[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < pattern.length) {
    const piece = pieceOf(PIECE.exec(pattern));
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return pieces.every((_, index) => isClear(pieces, index)) ? pieces : undefined;
}

function pieceOf(match: RegExpExecArray | null): PatternPiece | undefined {
  if (match === null) return undefined;
  const [, set, literal, escaped, count, , most, sign] = match;
  const bytes = set === undefined ? setOf(literal ?? escaped ?? '\\d') : setOf(set);
  if (bytes === undefined) return undefined;
  if (sign !== undefined) return { bytes, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
  if (count === undefined) return { bytes, min: 1, max: 1 };
  const min = Number(count);
  return {
    bytes,
    min,
    max:
      most === undefined ? (match[5] === undefined ? min : Infinity) : most === '' ? Infinity : Number(most),
  };
}

function setOf(members: string): Uint8Array | undefined {
  const bytes = new Uint8Array(256);
  for (const [all, first = '', last] of members.matchAll(RANGE)) {
    if (all === '\\d') addRange(bytes, '0', '9');
    else if (last === undefined) addRange(bytes, first, first);
    else if (!isRange(first, last)) return undefined;
    else addRange(bytes, first, last);
  }
  return bytes;
}

/** Both digits, both capitals or both small letters. */
function isRange(first: string, last: string): boolean {
  return first <= last && ['0-9', 'A-Z', 'a-z'].some((set) => new RegExp(`^[${set}]{2}$`).test(first + last));
}

function addRange(bytes: Uint8Array, first: string, last: string): void {
  for (let byte = first.charCodeAt(0); byte <= last.charCodeAt(0); byte++) {
    if (COPIED.test(String.fromCharCode(byte))) bytes[byte] = 1;
  }
}

/** Whether a piece that may end sooner or later can be read without knowing what follows. */
function isClear(pieces: readonly PatternPiece[], index: number): boolean {
  const { bytes, min, max } = pieces[index]!;
  if (min === max) return true;
  for (const next of pieces.slice(index + 1)) {
    if (next.bytes.some((inNext, byte) => inNext === 1 && bytes[byte] === 1)) return false;
    if (next.min > 0) return true;
  }
  return true;
}
