import { typeOf } from '../../builtin-types.ts';
import type { Contract, Facets, SimpleType } from '../../contract.ts';
import type { QNameKey } from '../../qname.ts';
import { compileSimpleType } from '../simple/compile-simple-type.ts';
import { patternPieces } from '../simple/pattern-pieces.ts';
import { ByteTable } from './byte-table.ts';
import { SAFE_DIGITS, SIGN, copyExact, copyNumber } from './copy-number.ts';
import { copyListed } from './copy-listed.ts';
import { copyPattern, copyQuoted, copyText, copyToken } from './copy-text.ts';
import { copyDate, copyDateTime, copyTime } from './copy-time.ts';
import type { DecodeState } from './decode-state.ts';
import type { ValueEnd } from './generation.ts';

/** Copies a value from a position on. @returns the position of the byte behind it, or NOT_COPIED. */
export type CopyValue = (state: DecodeState, from: number) => number;

/** A function that copies values of a simple type, with its further arguments. It may leave any value to `readText`. */
export type CopiedType =
  | { readonly kind: 'call'; readonly copy: (...args: never[]) => number; readonly args: readonly unknown[] }
  /** Values with the JSON of each. */
  | { readonly kind: 'values'; readonly values: readonly (readonly [text: string, json: string])[] };

const ANY_COUNT = 2 ** 30;
/** Of more values than this a table is kept. */
const MOST_IN_CODE = 64;
/** Characters that stand for themselves in XML, and in every layout. */
const PLAIN_VALUE = /^(?! )[!#-%'-;=?-~ ]+(?<! )$/;

const TOKENS: ReadonlySet<string> = new Set(['token', 'anyURI']);
const TIMES: Readonly<Record<string, (...args: never[]) => number>> = {
  date: copyDate,
  dateTime: copyDateTime,
  time: copyTime,
};
/** Most digits that are surely in range. */
const INTEGERS: Readonly<Record<string, { readonly digits: number; readonly sign: number }>> = {
  decimal: { digits: ANY_COUNT, sign: SIGN.any },
  integer: { digits: ANY_COUNT, sign: SIGN.any },
  long: { digits: 18, sign: SIGN.any },
  nonNegativeInteger: { digits: ANY_COUNT, sign: SIGN.notNegative },
  positiveInteger: { digits: ANY_COUNT, sign: SIGN.positive },
  unsignedLong: { digits: 19, sign: SIGN.notNegative },
};
/** Bounds of the types that are JSON numbers. */
const SMALL: Readonly<Record<string, readonly [min: number, max: number]>> = {
  int: [-2147483648, 2147483647],
  short: [-32768, 32767],
  byte: [-128, 127],
  unsignedInt: [0, 4294967295],
  unsignedShort: [0, 65535],
  unsignedByte: [0, 255],
};

/** How to copy values of a simple type up to `end`; undefined where `readText` reads them all. */
export function copiedType(contract: Contract, key: QNameKey, end: ValueEnd): CopiedType | undefined {
  const copied = copiedBefore(contract, key);
  if (copied?.kind !== 'call') return copied;
  const { copy, args } = copied;
  // In an attribute a line feed is a space (XML 1.0, 3.3.3).
  if (copy === copyText && end === '"') return call(copyQuoted);
  return copy === copyText ? copied : call(copy, ...args, end.charCodeAt(0));
}

function copiedBefore(contract: Contract, key: QNameKey): CopiedType | undefined {
  const type = typeOf(contract, key);
  if (type.kind !== 'simple' || type.swaRef) return undefined;
  const { variety, facets } = type;
  if (facets.enumeration !== undefined || isBoolean(type)) return copiedValues(contract, type);
  if (variety.kind !== 'atomic') return undefined;
  if (facets.patterns !== undefined) return copiedPattern(variety.builtin, facets, facets.patterns);
  return copiedText(variety.builtin, facets) ?? copiedNumber(contract, variety.builtin, facets);
}

function isBoolean({ variety }: SimpleType): boolean {
  return variety.kind === 'atomic' && variety.builtin === 'boolean';
}

/** What the codec says of each value is what it would say each time; qualified names depend on where they stand. */
function copiedValues(contract: Contract, { key, facets, variety }: SimpleType): CopiedType | undefined {
  const codec = compileSimpleType(contract, key);
  const texts = facets.enumeration ?? ['true', 'false', '1', '0'];
  if (codec.usesNamespaces || variety.kind !== 'atomic') return undefined;
  const values = texts.flatMap((text): [string, string][] => {
    const json = PLAIN_VALUE.test(text) ? codec.fromXml(text, () => undefined) : undefined;
    return typeof json === 'string' ? [[text, json]] : [];
  });
  if (values.length <= MOST_IN_CODE) return { kind: 'values', values };
  const table = new ByteTable<Uint8Array>();
  for (const [text, json] of new Map(values)) table.add(Buffer.from(text), Buffer.from(json));
  return call(copyListed, table);
}

function copiedPattern(
  builtin: string,
  { length, minLength = length ?? 0, maxLength = length ?? ANY_COUNT }: Facets,
  [alternatives = [], ...more]: readonly (readonly string[])[],
): CopiedType | undefined {
  const [pattern, ...others] = alternatives;
  const isOne = pattern !== undefined && others.length === 0 && more.length === 0;
  const pieces = isOne && (builtin === 'string' || TOKENS.has(builtin)) ? patternPieces(pattern) : undefined;
  return pieces && call(copyPattern, pieces, minLength, maxLength);
}

function copiedText(builtin: string, facets: Facets): CopiedType | undefined {
  const { length, minLength = length ?? 0, maxLength = length ?? ANY_COUNT, whiteSpace } = facets;
  const hasLength = minLength > 0 || maxLength < ANY_COUNT;
  if (builtin === 'string' && whiteSpace === 'preserve' && !hasLength) return call(copyText);
  const isText = builtin === 'string' || builtin === 'normalizedString' || TOKENS.has(builtin);
  if (isText) return call(copyToken, minLength, maxLength);
  return hasBounds(facets) ? undefined : TIMES[builtin] && call(TIMES[builtin]);
}

function copiedNumber({ numbers }: Contract, builtin: string, facets: Facets): CopiedType | undefined {
  const small = SMALL[builtin];
  if (small !== undefined) return copiedSmall(small, facets);
  const hasFacets = hasBounds(facets) || facets.totalDigits !== undefined;
  if (builtin === 'float' || builtin === 'double')
    return hasFacets ? undefined : call(copyNumber, -Infinity, Infinity, SAFE_DIGITS, SAFE_DIGITS);
  const exact = INTEGERS[builtin];
  if (exact === undefined) return undefined;
  if (numbers === 'string') return copiedExact(builtin, exact, facets);
  return builtin === 'decimal' && !hasFacets && facets.fractionDigits === undefined
    ? call(copyNumber, -Infinity, Infinity, 300, ANY_COUNT)
    : undefined;
}

function copiedSmall([min, max]: readonly [number, number], facets: Facets): CopiedType | undefined {
  if (
    facets.totalDigits !== undefined ||
    facets.minExclusive !== undefined ||
    facets.maxExclusive !== undefined
  )
    return undefined;
  const { minInclusive = min, maxInclusive = max } = facets;
  return call(
    copyNumber,
    Math.max(min, Number(minInclusive)),
    Math.min(max, Number(maxInclusive)),
    0,
    SAFE_DIGITS,
  );
}

function copiedExact(
  builtin: string,
  { digits, sign }: { readonly digits: number; readonly sign: number },
  facets: Facets,
): CopiedType | undefined {
  const bounded = boundedSign(builtin, facets, sign);
  if (bounded === undefined) return undefined;
  const { totalDigits = ANY_COUNT, fractionDigits = ANY_COUNT } = facets;
  const fraction = builtin === 'decimal' ? fractionDigits : 0;
  return call(copyExact, digits, fraction, Math.min(digits, totalDigits), bounded);
}

/** A bound at zero is a matter of the sign; others need a comparison. */
function boundedSign(builtin: string, facets: Facets, sign: number): number | undefined {
  const { minInclusive, minExclusive } = facets;
  const ownMin = INTEGER_MINIMA[builtin];
  const ownMax = INTEGER_MAXIMA[builtin];
  if (facets.maxExclusive !== undefined) return undefined;
  if (facets.maxInclusive !== undefined && facets.maxInclusive !== ownMax) return undefined;
  if (minExclusive !== undefined) return /^0+$/.test(minExclusive) ? SIGN.positive : undefined;
  if (minInclusive === undefined || minInclusive === ownMin) return sign;
  return /^0+$/.test(minInclusive) ? Math.max(sign, SIGN.notNegative) : undefined;
}

const INTEGER_MINIMA: Readonly<Record<string, string>> = {
  long: '-9223372036854775808',
  nonNegativeInteger: '0',
  positiveInteger: '1',
  unsignedLong: '0',
};
const INTEGER_MAXIMA: Readonly<Record<string, string>> = {
  long: '9223372036854775807',
  unsignedLong: '18446744073709551615',
};

function hasBounds({ minInclusive, maxInclusive, minExclusive, maxExclusive }: Facets): boolean {
  return [minInclusive, maxInclusive, minExclusive, maxExclusive].some((bound) => bound !== undefined);
}

function call(copy: (...args: never[]) => number, ...args: unknown[]): CopiedType {
  return { kind: 'call', copy, args };
}
