import type { DecodeState } from './decode-state.ts';
import { isXmlCodePoint } from '../../xml/characters.ts';
import type { PatternPiece } from '../simple/pattern-pieces.ts';
import { startsWith } from './starts-with.ts';
import { surprise } from './surprise.ts';

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const AMPERSAND = 38;
const COMMA = 44;
const LESS = 60;
const GREATER = 62;
const BACKSLASH = 92;
const BRACKET = 93;
const LETTER_N = 110;
const LETTER_T = 116;

/** What a function that copies a value returns where the value is better read by `readText`. */
export const NOT_COPIED = -1;

/** 0 for the bytes of a text that are the same in JSON. */
const SPECIAL: Uint8Array = new Uint8Array(256)
  .fill(1, 0, SPACE)
  .map((special, byte) => ([QUOTE, AMPERSAND, LESS, BACKSLASH, BRACKET].includes(byte) ? 1 : special));

/** The same, spaces and what is not ASCII excepted: what is left has as many characters as bytes. */
const SPECIAL_IN_TOKEN: Uint8Array = SPECIAL.map((special, byte) =>
  byte <= SPACE || byte > 127 ? 1 : special,
);

const REFERENCES: readonly (readonly [bytes: Buffer, character: number])[] = [
  [Buffer.from('&amp;'), AMPERSAND],
  [Buffer.from('&lt;'), LESS],
  [Buffer.from('&gt;'), GREATER],
  [Buffer.from('&quot;'), QUOTE],
  [Buffer.from('&apos;'), 39],
];

/** Any text at all, as a JSON string (RFC 8259, 7). @returns the position of the `<` behind it. */
export function copyText(state: DecodeState, from: number): number {
  const { bytes, json } = state;
  let q = state.used;
  let p = from;
  json[q++] = QUOTE;
  for (;;) {
    let byte = bytes[p]!;
    while (SPECIAL[byte] === 0) {
      json[q++] = byte;
      byte = bytes[++p]!;
    }
    if (byte === LESS) break;
    state.used = q;
    p = copySpecial(state, p, byte);
    q = state.used;
  }
  json[q] = QUOTE;
  json[q + 1] = COMMA;
  state.used = q + 2;
  return p;
}

function copySpecial(state: DecodeState, at: number, byte: number): number {
  switch (byte) {
    case QUOTE:
    case BACKSLASH:
      putEscape(state, byte);
      return at + 1;
    case LINE_FEED:
      putEscape(state, LETTER_N);
      return at + 1;
    case TAB:
      putEscape(state, LETTER_T);
      return at + 1;
    case AMPERSAND:
      return copyReference(state, at);
    case BRACKET:
      return copyBracket(state, at);
    case CARRIAGE_RETURN:
      return copyLineEnd(state, at);
    default:
      return surprise(state, at);
  }
}

function putEscape(state: DecodeState, byte: number): void {
  state.json[state.used] = BACKSLASH;
  state.json[state.used + 1] = byte;
  state.used += 2;
}

/** XML 1.0, 4.6. Numeric references are left to `readText`. */
function copyReference(state: DecodeState, at: number): number {
  for (let i = 0; i < REFERENCES.length; i++) {
    const [reference, character] = REFERENCES[i]!;
    if (!startsWith(state.bytes, at, reference)) continue;
    if (character === QUOTE) putEscape(state, QUOTE);
    else state.json[state.used++] = character;
    return at + reference.length;
  }
  return copyNumericReference(state, at);
}

/** Decimal or hexadecimal; control characters other than TAB, LF and CR are left to the general decoder. */
function copyNumericReference(state: DecodeState, at: number): number {
  const { bytes } = state;
  const isHexadecimal = bytes[at + 2] === 120;
  const start = at + (isHexadecimal ? 3 : 2);
  let end = start;
  while (end < start + 8 && isDigit(bytes[end]!, isHexadecimal)) end++;
  if (bytes[at + 1] !== 35 || bytes[end] !== 59 || end === start) surprise(state, end);
  putCodePoint(state, parseInt(bytes.toString('latin1', start, end), isHexadecimal ? 16 : 10), at);
  return end + 1;
}

function isDigit(byte: number, hexadecimal: boolean): boolean {
  if (byte >= 48 && byte <= 57) return true;
  return hexadecimal && ((byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102));
}

function putCodePoint(state: DecodeState, code: number, at: number): void {
  if (!isXmlCodePoint(code)) surprise(state, at);
  const escaped = JSON.stringify(String.fromCodePoint(code));
  state.used += state.json.write(escaped.slice(1, -1), state.used);
}

function copyBracket(state: DecodeState, at: number): number {
  if (state.bytes[at + 1] === BRACKET && state.bytes[at + 2] === GREATER) surprise(state, at);
  state.json[state.used++] = BRACKET;
  return at + 1;
}

/** XML 1.0, 2.11. What follows the CR must be known. */
function copyLineEnd(state: DecodeState, at: number): number {
  const next = state.bytes[at + 1];
  if (next === 0) surprise(state, at);
  if (next !== LINE_FEED) putEscape(state, LETTER_N);
  return at + 1;
}

/** Any text in an attribute up to its double quote; one with references or control characters is left to `readAttribute`. */
export function copyQuoted(state: DecodeState, from: number): number {
  const { bytes, json } = state;
  let q = state.used;
  let p = from;
  json[q++] = QUOTE;
  for (;;) {
    let byte = bytes[p]!;
    while (SPECIAL[byte] === 0) {
      json[q++] = byte;
      byte = bytes[++p]!;
    }
    if (byte === QUOTE) break;
    if (byte === BACKSLASH) json[q++] = BACKSLASH;
    else if (byte !== BRACKET) return NOT_COPIED;
    json[q++] = byte;
    p++;
  }
  json[q] = QUOTE;
  json[q + 1] = COMMA;
  state.used = q + 2;
  return p;
}

/**
 * A text without white space, references, or characters other than ASCII, of a number of characters between two limits.
 * @param end byte behind it, `<` or `"`. @returns its position, or NOT_COPIED.
 */
export function copyToken(state: DecodeState, from: number, min: number, max: number, end: number): number {
  const { bytes, json } = state;
  let q = state.used;
  let p = from;
  json[q++] = QUOTE;
  for (;;) {
    let byte = bytes[p]!;
    while (SPECIAL_IN_TOKEN[byte] === 0) {
      json[q++] = byte;
      byte = bytes[++p]!;
    }
    if (byte === end) break;
    // A single space between two words is as it stays.
    if (byte !== SPACE || p === from || bytes[p + 1]! <= SPACE || bytes[p + 1] === end) return NOT_COPIED;
    json[q++] = byte;
    p++;
  }
  if (p - from < min || p - from > max) return NOT_COPIED;
  json[q] = QUOTE;
  json[q + 1] = COMMA;
  state.used = q + 2;
  return p;
}

/** A text that matches a pattern of that form, copied like a token. */
export function copyPattern(
  state: DecodeState,
  from: number,
  pieces: readonly PatternPiece[],
  least: number,
  most: number,
  end: number,
): number {
  const { bytes, json } = state;
  let q = state.used;
  let p = from;
  json[q++] = QUOTE;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    const set = piece.bytes;
    const start = p;
    const last = p + piece.max;
    for (let byte = bytes[p]!; p < last && set[byte] === 1; byte = bytes[++p]!) json[q++] = byte;
    if (p - start < piece.min) return NOT_COPIED;
  }
  if (bytes[p] !== end || p - from < least || p - from > most) return NOT_COPIED;
  json[q] = QUOTE;
  json[q + 1] = COMMA;
  state.used = q + 2;
  return p;
}
