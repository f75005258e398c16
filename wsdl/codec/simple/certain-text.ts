import type { Facets } from '../../contract.ts';
import { patternPieces, type PatternPiece } from './pattern-pieces.ts';

const SPACE = 32;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;

const COLON = 58;
const LETTER_T = 84;

/** Characters of a date and of a date with a time. */
const DATE = 10;
const DATE_TIME = 19;

/** 1 for ASCII characters that nothing escapes. */
const PLAIN: Uint8Array = new Uint8Array(128).map((_, code) =>
  code > SPACE && code < 127 && !'&<>"'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * A quick test for lexical forms that are surely valid and need no escaping; a text that it refuses may be valid too.
 *
 * @returns undefined where there is none for the type.
 */
export function certainText(builtin: string, facets: Facets): ((text: string) => boolean) | undefined {
  const isText = builtin === 'token' || builtin === 'string';
  if (facets.enumeration !== undefined) return isText ? certainValue(facets, facets.enumeration) : undefined;
  if (isText) return certainToken(facets);
  if (facets.patterns !== undefined || hasBounds(facets)) return undefined;
  if (builtin === 'decimal') return certainDecimal(facets);
  if (builtin === 'date') return (text) => text.length === DATE && isCertainDate(text);
  return builtin === 'dateTime' ? isCertainDateTime : undefined;
}

function certainValue(
  facets: Facets,
  enumeration: readonly string[],
): ((text: string) => boolean) | undefined {
  const { length, minLength, maxLength, patterns } = facets;
  if ([length, minLength, maxLength, patterns].some((facet) => facet !== undefined)) return undefined;
  const values = new Set(enumeration.filter(isPlain));
  return (text) => values.has(text);
}

function hasBounds({ minInclusive, maxInclusive, minExclusive, maxExclusive }: Facets): boolean {
  return [minInclusive, maxInclusive, minExclusive, maxExclusive].some((bound) => bound !== undefined);
}

function certainToken({
  length,
  minLength = length ?? 0,
  maxLength = length ?? Infinity,
  patterns,
}: Facets): ((text: string) => boolean) | undefined {
  const isLong = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (patterns === undefined) return (text) => isLong(text) && isPlain(text);
  const [[pattern, ...others] = [], ...more] = patterns;
  const pieces =
    pattern !== undefined && others.length === 0 && more.length === 0 ? patternPieces(pattern) : undefined;
  return pieces && ((text) => isLong(text) && matchesPieces(pieces, text));
}

/** Words of plain characters with single spaces between them. */
function isPlain(text: string): boolean {
  let wasSpace = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (PLAIN[code] === 1) wasSpace = false;
    else if (code !== SPACE || wasSpace) return false;
    else wasSpace = true;
  }
  return !wasSpace || text === '';
}

export function matchesPieces(pieces: readonly PatternPiece[], text: string): boolean {
  let at = 0;
  for (const { bytes, min, max } of pieces) {
    const start = at;
    while (at < text.length && at - start < max && bytes[text.charCodeAt(at)] === 1) at++;
    if (at - start < min) return false;
  }
  return at === text.length;
}

/** Digits are counted as written. */
function certainDecimal({
  totalDigits = 15,
  fractionDigits = totalDigits,
}: Facets): (text: string) => boolean {
  return (text) => {
    let at = text.charCodeAt(0) === MINUS ? 1 : 0;
    const wholes = digitsFrom(text, at);
    at += wholes;
    if (wholes === 0 || at === text.length) return wholes > 0 && wholes <= totalDigits;
    if (text.charCodeAt(at) !== POINT) return false;
    const fraction = digitsFrom(text, at + 1);
    return (
      at + 1 + fraction === text.length && fraction <= fractionDigits && wholes + fraction <= totalDigits
    );
  };
}

function digitsFrom(text: string, from: number): number {
  let at = from;
  for (let digit = text.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - ZERO)
    at++;
  return at - from;
}

/** A date of four digits for the year and a day that every month has, at the start of a text. */
function isCertainDate(text: string): boolean {
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hasDashes = text.charCodeAt(4) === MINUS && text.charCodeAt(7) === MINUS;
  if (!hasDashes || month < 1 || month > 12 || day < 1 || day > 28) return false;
  return twoDigits(text, 0) > 0 && twoDigits(text, 2) >= 0;
}

/** Without a fraction of a second, in UTC or without a zone. */
function isCertainDateTime(text: string): boolean {
  const hasZone = text.length === DATE_TIME + 1 && text.endsWith('Z');
  if ((!hasZone && text.length !== DATE_TIME) || !isCertainDate(text)) return false;
  if (text.charCodeAt(10) !== LETTER_T || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON)
    return false;
  return (
    isBetween(twoDigits(text, 11), 23) &&
    isBetween(twoDigits(text, 14), 59) &&
    isBetween(twoDigits(text, 17), 59)
  );
}

function isBetween(number: number, most: number): boolean {
  return number >= 0 && number <= most;
}

/** @returns a negative number if they are no digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
