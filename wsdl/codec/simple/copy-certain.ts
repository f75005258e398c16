import type { Facets } from '../../contract.ts';
import type { JsonValue } from '../codec.ts';
import { patternPieces, type PatternPiece } from './pattern-pieces.ts';

/**
 * Copies the XML text of a JSON value that is surely valid into `bytes`, from `at` on, in one pass.
 *
 * @returns the position after it, or a negative number for what needs a closer look; then what it wrote means nothing.
 */
export type CopyCertain = (value: JsonValue, bytes: Uint8Array, at: number) => number;

/** Characters of the longest text copied: writers keep room for so many without looking. */
export const LONGEST_CERTAIN = 256;

const REFUSED = -1;
const SPACE = 32;
const ZERO = 48;
const NINE = 57;
const POINT = 46;
const MINUS = 45;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;

/** Characters of a date and of a date with a time. */
const DATE = 10;
const DATE_TIME = 19;

/** Digits of every value that a long can hold. */
const LONG_DIGITS = 18;
const LONG_VALUES = 10 ** LONG_DIGITS;

/** Those whose values are JSON numbers. */
const SMALL_INTEGERS: ReadonlySet<string> = new Set([
  'int',
  'short',
  'byte',
  'unsignedInt',
  'unsignedShort',
  'unsignedByte',
]);

/** 1 for ASCII characters that nothing escapes. */
const PLAIN: Uint8Array = new Uint8Array(128).map((_, code) =>
  code >= SPACE && code < 127 && !'&<>"'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** @returns undefined where there is no such function for a type. */
export function copyCertain(builtin: string, facets: Facets): CopyCertain | undefined {
  const isText = builtin === 'token' || builtin === 'string';
  if (facets.enumeration !== undefined) return isText ? copyValue(facets, facets.enumeration) : undefined;
  if (isText) return copyWords(facets);
  if (facets.patterns !== undefined) return undefined;
  if (builtin === 'boolean') return copyBoolean;
  if (SMALL_INTEGERS.has(builtin)) return copyInt(facets);
  if (builtin === 'long' && holdsLongs(facets)) return copyDecimal({ ...facets, fractionDigits: 0 });
  if (hasBounds(facets)) return undefined;
  if (builtin === 'decimal') return copyDecimal(facets);
  if (builtin === 'integer') return copyDecimal({ ...facets, fractionDigits: 0 });
  if (builtin === 'date') return copyDate;
  return builtin === 'dateTime' ? copyDateTime : undefined;
}

function holdsLongs({ minInclusive, maxInclusive, minExclusive, maxExclusive }: Facets): boolean {
  const isWide = Number(minInclusive) <= -LONG_VALUES && Number(maxInclusive) >= LONG_VALUES;
  return isWide && minExclusive === undefined && maxExclusive === undefined;
}

function hasBounds({ minInclusive, maxInclusive, minExclusive, maxExclusive }: Facets): boolean {
  return [minInclusive, maxInclusive, minExclusive, maxExclusive].some((bound) => bound !== undefined);
}

function copyValue(facets: Facets, enumeration: readonly string[]): CopyCertain | undefined {
  const { length, minLength, maxLength, patterns } = facets;
  if ([length, minLength, maxLength, patterns].some((facet) => facet !== undefined)) return undefined;
  const values = new Set<JsonValue>(enumeration.filter(isWords));
  return (value, bytes, at) => (values.has(value) ? copyAscii(value as string, bytes, at) : REFUSED);
}

function copyWords({
  whiteSpace,
  length,
  minLength = length ?? 0,
  maxLength = length ?? LONGEST_CERTAIN,
  patterns,
}: Facets): CopyCertain | undefined {
  const most = Math.min(maxLength, LONGEST_CERTAIN);
  const isLong = (text: string): boolean => text.length >= minLength && text.length <= most;
  if (patterns === undefined) {
    const copy = whiteSpace === 'collapse' ? copyCollapsed : copyPlain;
    return (value, bytes, at) =>
      typeof value === 'string' && isLong(value) ? copy(value, bytes, at) : REFUSED;
  }
  const [[pattern, ...others] = [], ...more] = patterns;
  const pieces =
    pattern !== undefined && others.length === 0 && more.length === 0 ? patternPieces(pattern) : undefined;
  return (
    pieces &&
    ((value, bytes, at) =>
      typeof value === 'string' && isLong(value) ? copyPieces(pieces, value, bytes, at) : REFUSED)
  );
}

/** Plain characters. */
function copyPlain(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (PLAIN[code] !== 1) return REFUSED;
    bytes[at + i] = code;
  }
  return at + text.length;
}

/** Words of plain characters with single spaces between them. */
function copyCollapsed(text: string, bytes: Uint8Array, at: number): number {
  let wasSpace = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (PLAIN[code] !== 1 || (code === SPACE && wasSpace)) return REFUSED;
    wasSpace = code === SPACE;
    bytes[at + i] = code;
  }
  return wasSpace && text !== '' ? REFUSED : at + text.length;
}

function isWords(text: string): boolean {
  return text.length <= LONGEST_CERTAIN && copyCollapsed(text, new Uint8Array(text.length), 0) >= 0;
}

function copyAscii(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

export function copyPieces(
  pieces: readonly PatternPiece[],
  text: string,
  bytes: Uint8Array,
  at: number,
): number {
  let from = 0;
  for (const piece of pieces) {
    const end = Math.min(text.length, from + piece.max);
    const start = from;
    for (; from < end; from++) {
      const code = text.charCodeAt(from);
      if (piece.bytes[code] !== 1) break;
      bytes[at + from] = code;
    }
    if (from - start < piece.min) return REFUSED;
  }
  return from === text.length ? at + from : REFUSED;
}

function copyBoolean(value: JsonValue, bytes: Uint8Array, at: number): number {
  if (value === true) return copyAscii('true', bytes, at);
  return value === false ? copyAscii('false', bytes, at) : REFUSED;
}

/** Up to nine digits, so that it is one whatever its size. */
function copyInt(facets: Facets): CopyCertain | undefined {
  const { minInclusive, maxInclusive, totalDigits } = facets;
  const { minExclusive, maxExclusive } = facets;
  if ([totalDigits, minExclusive, maxExclusive].some((facet) => facet !== undefined)) return undefined;
  const least = Math.max(0, Number(minInclusive ?? 0));
  const most = Math.min(999_999_999, Number(maxInclusive ?? Infinity));
  return (value, bytes, at) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= least &&
    value <= most &&
    !Object.is(value, -0)
      ? copyDigits(value, bytes, at)
      : REFUSED;
}

function copyDigits(value: number, bytes: Uint8Array, at: number): number {
  let length = 1;
  for (let power = 10; power <= value; power *= 10) length++;
  let rest = value | 0;
  for (let i = at + length - 1; i >= at; i--) {
    const tenth = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return at + length;
}

/** Digits are counted as written. */
function copyDecimal({ totalDigits = LONG_DIGITS, fractionDigits = totalDigits }: Facets): CopyCertain {
  const most = Math.min(totalDigits, LONG_DIGITS);
  return (value, bytes, at) => {
    if (typeof value !== 'string' || value.length > LONGEST_CERTAIN) return REFUSED;
    const first = value.charCodeAt(0) === MINUS ? 1 : 0;
    if (first === 1) bytes[at] = MINUS;
    let point = value.length;
    for (let i = first; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code === POINT && point === value.length) point = i;
      else if (code < ZERO || code > NINE) return REFUSED;
      bytes[at + i] = code;
    }
    const wholes = point - first;
    const fraction = Math.max(0, value.length - point - 1);
    const hasDigits = wholes > 0 && point !== value.length - 1;
    return hasDigits && fraction <= fractionDigits && wholes + fraction <= most ? at + value.length : REFUSED;
  };
}

function copyDate(value: JsonValue, bytes: Uint8Array, at: number): number {
  if (typeof value !== 'string' || value.length !== DATE) return REFUSED;
  const end = copyCodes(value, bytes, at);
  return end >= 0 && isCertainDate(bytes, at) ? end : REFUSED;
}

/** In UTC or without a zone. */
function copyDateTime(value: JsonValue, bytes: Uint8Array, at: number): number {
  if (typeof value !== 'string' || value.length < DATE_TIME || value.length > LONGEST_CERTAIN) return REFUSED;
  const end = copyCodes(value, bytes, at);
  return end >= 0 && isCertainDateTime(bytes, at, end) ? end : REFUSED;
}

/** ASCII, to be looked at where it was copied to: that costs less than to look at the characters of a string twice. */
function copyCodes(text: string, bytes: Uint8Array, at: number): number {
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes[at + i] = code;
    all |= code;
  }
  return all < 128 ? at + text.length : REFUSED;
}

/** A date of four digits for the year and a day that every month has, at a position. */
function isCertainDate(bytes: Uint8Array, at: number): boolean {
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  const hasDashes = bytes[at + 4] === MINUS && bytes[at + 7] === MINUS;
  if (!hasDashes || month < 1 || month > 12 || day < 1 || day > 28) return false;
  return twoDigits(bytes, at) > 0 && twoDigits(bytes, at + 2) >= 0;
}

function isCertainDateTime(bytes: Uint8Array, at: number, end: number): boolean {
  if (!isCertainDate(bytes, at)) return false;
  if (bytes[at + 10] !== LETTER_T || bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return false;
  return (
    isBetween(twoDigits(bytes, at + 11), 23) &&
    isBetween(twoDigits(bytes, at + 14), 59) &&
    isBetween(twoDigits(bytes, at + 17), 59) &&
    isCertainFraction(bytes, at + DATE_TIME, end)
  );
}

/** What follows the seconds. */
function isCertainFraction(bytes: Uint8Array, from: number, textEnd: number): boolean {
  const end = bytes[textEnd - 1] === LETTER_Z ? textEnd - 1 : textEnd;
  if (end === from) return true;
  if (bytes[from] !== POINT || end === from + 1) return false;
  for (let i = from + 1; i < end; i++) {
    const byte = bytes[i]!;
    if (byte < ZERO || byte > NINE) return false;
  }
  return true;
}

function isBetween(number: number, most: number): boolean {
  return number >= 0 && number <= most;
}

/** @returns a negative number if they are no digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
