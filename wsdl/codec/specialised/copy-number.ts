import { NOT_COPIED } from './copy-text.ts';
import type { DecodeState } from './decode-state.ts';

const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** Which numbers `copyExact` takes: the others may be right too, but need a second look. */
export const SIGN = { any: 0, notNegative: 1, positive: 2 } as const;

/**
 * A decimal or integer as a JSON string, its lexical form unchanged. Digits are counted as written: a number that has too
 * many may still have few enough without its zeros.
 *
 * @param whole most digits before the point; `fraction` behind it; `total` of both.
 * @param end byte behind it. @returns its position, or NOT_COPIED.
 */
export function copyExact(
  state: DecodeState,
  from: number,
  whole: number,
  fraction: number,
  total: number,
  sign: number,
  end: number,
): number {
  const { bytes, json } = state;
  let q = state.used;
  let p = from;
  let byte = bytes[p]!;
  json[q++] = QUOTE;
  if (byte === MINUS || byte === PLUS) {
    if (sign !== SIGN.any) return NOT_COPIED;
    json[q++] = byte;
    byte = bytes[++p]!;
  }
  const start = p;
  let digits = 0;
  for (; byte >= ZERO && byte <= NINE; byte = bytes[++p]!) {
    digits |= byte;
    json[q++] = byte;
  }
  const wholes = p - start;
  if (wholes === 0 || wholes > whole) return NOT_COPIED;
  let fractions = 0;
  if (byte === POINT) {
    json[q++] = byte;
    byte = bytes[++p]!;
    for (; byte >= ZERO && byte <= NINE; byte = bytes[++p]!) {
      digits |= byte;
      json[q++] = byte;
    }
    fractions = p - start - wholes - 1;
    if (fractions > fraction || (fraction === 0 && p > start + wholes)) return NOT_COPIED;
  }
  if (byte !== end || wholes + fractions > total) return NOT_COPIED;
  if (sign === SIGN.positive && digits === ZERO) return NOT_COPIED;
  json[q] = QUOTE;
  json[q + 1] = COMMA;
  state.used = q + 2;
  return p;
}

/** Digits that a double holds whatever they are. */
export const SAFE_DIGITS = 15;

/**
 * A number in the form that JSON has for it, as a JSON number: no plus sign, no leading zeros, no exponent.
 *
 * @param fraction most digits behind the point; `total` before and behind it.
 */
export function copyNumber(
  state: DecodeState,
  from: number,
  min: number,
  max: number,
  fraction: number,
  total: number,
  end: number,
): number {
  const { bytes, json } = state;
  let q = state.used;
  let p = from;
  let byte = bytes[p]!;
  const negative = byte === MINUS;
  if (negative) {
    json[q++] = byte;
    byte = bytes[++p]!;
  }
  const start = p;
  let value = 0;
  for (; byte >= ZERO && byte <= NINE; byte = bytes[++p]!) {
    value = value * 10 + byte - ZERO;
    json[q++] = byte;
  }
  const wholes = p - start;
  if (wholes === 0 || wholes > SAFE_DIGITS || (bytes[start] === ZERO && (wholes > 1 || negative)))
    return NOT_COPIED;
  if (byte === POINT) {
    const point = p;
    if (fraction === 0) return NOT_COPIED;
    json[q++] = byte;
    byte = bytes[++p]!;
    for (; byte >= ZERO && byte <= NINE; byte = bytes[++p]!) json[q++] = byte;
    const fractions = p - point - 1;
    if (fractions === 0 || fractions > fraction || wholes + fractions > total) return NOT_COPIED;
  }
  if (byte !== end) return NOT_COPIED;
  if (negative) value = -value;
  if (value < min || value > max) return NOT_COPIED;
  json[q] = COMMA;
  state.used = q + 1;
  return p;
}
