import type { Facets } from '../../contract.ts';
import { patternPieces, type PatternPiece } from './pattern-pieces.ts';

const SPACE = 32;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;

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
  if (facets.enumeration !== undefined) return undefined;
  if (builtin === 'token' || builtin === 'string') return certainToken(facets);
  if (builtin === 'decimal' && facets.patterns === undefined && !hasBounds(facets))
    return certainDecimal(facets);
  return undefined;
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
