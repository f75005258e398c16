import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';

const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;

/** Fraction digits; more are rare. */
const MOST_FRACTION_DIGITS = 12;

const BAD = -1;

/** The number of two digits, or BAD. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : BAD;
}

/** XSD 1.0 Part 2, 3.2.9, years of four digits. Days that only some months have are left for a second look. */
function isDate(bytes: Uint8Array, at: number): boolean {
  const century = two(bytes, at);
  const year = two(bytes, at + 2);
  const month = two(bytes, at + 5);
  const day = two(bytes, at + 8);
  return (
    bytes[at + 4] === MINUS &&
    bytes[at + 7] === MINUS &&
    century >= 0 &&
    year >= 0 &&
    century + year > 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    (day <= 28 || (day <= 30 && month !== 2) || (day === 31 && hasThirtyFirst(month)))
  );
}

function hasThirtyFirst(month: number): boolean {
  return (
    month === 1 || month === 3 || month === 5 || month === 7 || month === 8 || month === 10 || month === 12
  );
}

/** XSD 1.0 Part 2, 3.2.8; 24:00:00 is left for a second look. @returns the position behind it, or NOT_COPIED. */
function endOfTime(bytes: Uint8Array, at: number): number {
  const hour = two(bytes, at);
  const minute = two(bytes, at + 3);
  const second = two(bytes, at + 6);
  if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return NOT_COPIED;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NOT_COPIED;
  return bytes[at + 8] === POINT ? endOfFraction(bytes, at + 9) : at + 8;
}

function endOfFraction(bytes: Uint8Array, at: number): number {
  let p = at;
  while (bytes[p]! >= ZERO && bytes[p]! <= ZERO + 9) p++;
  return p === at || p - at > MOST_FRACTION_DIGITS ? NOT_COPIED : p;
}

/** XSD 1.0 Part 2, 3.2.7.3. */
function endOfZone(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at];
  if (byte === end) return at;
  if (byte === LETTER_Z) return at + 1;
  if (byte !== PLUS && byte !== MINUS) return NOT_COPIED;
  const hour = two(bytes, at + 1);
  const minute = two(bytes, at + 4);
  return bytes[at + 3] === COLON && hour >= 0 && hour <= 13 && minute >= 0 && minute <= 59
    ? at + 6
    : NOT_COPIED;
}

export function copyDate(state: DecodeState, from: number, end: number): number {
  const { bytes } = state;
  return isDate(bytes, from) ? copyZoned(state, from, from + 10, end) : NOT_COPIED;
}

export function copyDateTime(state: DecodeState, from: number, end: number): number {
  const { bytes } = state;
  if (!isDate(bytes, from) || bytes[from + 10] !== LETTER_T) return NOT_COPIED;
  const zone = endOfTime(bytes, from + 11);
  return zone < 0 ? NOT_COPIED : copyZoned(state, from, zone, end);
}

export function copyTime(state: DecodeState, from: number, end: number): number {
  const zone = endOfTime(state.bytes, from);
  return zone < 0 ? NOT_COPIED : copyZoned(state, from, zone, end);
}

function copyZoned(state: DecodeState, from: number, zone: number, end: number): number {
  const { bytes, json } = state;
  const last = endOfZone(bytes, zone, end);
  if (last < 0 || bytes[last] !== end) return NOT_COPIED;
  let q = state.used;
  json[q++] = QUOTE;
  for (let p = from; p < last; p++) json[q++] = bytes[p]!;
  json[q] = QUOTE;
  json[q + 1] = COMMA;
  state.used = q + 2;
  return last;
}
