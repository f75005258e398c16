import type { Contract } from '../../contract.ts';
import type { JsonValue } from '../codec.ts';
import type { AtomicType } from './atomic-type.ts';
import {
  canonicalDecimal,
  compareDecimals,
  isDecimal,
  isInteger,
  plainDecimal,
  toJsonNumber,
} from './decimal.ts';
import { compareFloats, floatToJson, floatToXml, isFloat, isSpecialFloat, parseFloatValue } from './float.ts';
import { SimpleFault } from './simple-codec.ts';

/** Digits that every double keeps (IEEE 754); a JSON number with more may have been rounded before it got here. */
const EXACT_DIGITS = 15;

const NOT_BOOLEAN: SimpleFault = new SimpleFault('type', 'must be true or false');
const NOT_WHOLE: SimpleFault = new SimpleFault('type', 'must be a whole number');
const NOT_FLOAT: SimpleFault = new SimpleFault(
  'type',
  'must be a number, or one of the strings "INF", "-INF", "NaN"',
);
const NOT_FINITE: SimpleFault = new SimpleFault('range', 'must be a finite number');
const NOT_EXACT_STRING: SimpleFault = new SimpleFault(
  'type',
  'must be a string such as "33.00": send a string, because a JSON number may lose digits',
);
const NOT_EXACT_NUMBER: SimpleFault = new SimpleFault('type', 'must be a number, or a string that holds one');
const TOO_MANY_DIGITS: SimpleFault = new SimpleFault(
  'digits',
  `must be sent as a string: a JSON number is exact up to ${EXACT_DIGITS} digits only`,
);

export const booleanType: AtomicType = {
  expected: 'true or false',
  isLexical: (text) => text === 'true' || text === 'false' || text === '1' || text === '0',
  toJson: canonicalBoolean,
  toLexical: (value) => (typeof value === 'boolean' ? String(value) : NOT_BOOLEAN),
  canonical: canonicalBoolean,
  needsEscape: false,
};

export const floatType: AtomicType = {
  expected: 'a number, "INF", "-INF" or "NaN"',
  isLexical: isFloat,
  toJson: floatToJson,
  toLexical: lexicalFloat,
  canonical: (text) => floatToXml(parseFloatValue(text)),
  compareTo(bound) {
    const limit = parseFloatValue(bound);
    return (text) => compareFloats(parseFloatValue(text), limit);
  },
  needsEscape: false,
};

/** int, short, byte and their unsigned kin: JSON numbers. */
export const smallIntegerType: AtomicType = {
  expected: 'a whole number',
  isLexical: isInteger,
  toJson: (text) => canonicalDecimal(text),
  toLexical: (value) =>
    typeof value === 'number' && Number.isInteger(value) ? plainDecimal(value) : NOT_WHOLE,
  canonical: canonicalDecimal,
  compareTo(bound) {
    const limit = Number(bound);
    return (text) => Number(text) - limit;
  },
  hasDigits: true,
  needsEscape: false,
};

/** decimal, integer, long and all others that a double cannot hold. */
export function exactNumberType(builtin: string, numbers: Contract['numbers']): AtomicType {
  const isWhole = builtin !== 'decimal';
  const example = isWhole ? '"42"' : '"33.00"';
  return {
    expected: isWhole ? `a whole number, e.g. ${example}` : `a decimal number, e.g. ${example}`,
    isLexical: isWhole ? isInteger : isDecimal,
    toJson: numbers === 'number' ? toJsonNumber : (text) => `"${text}"`,
    toLexical: numbers === 'number' ? lexicalNumber : lexicalString,
    canonical: canonicalDecimal,
    compareTo: (bound) => (text) => compareDecimals(text, bound),
    hasDigits: true,
    needsEscape: false,
  };
}

function canonicalBoolean(text: string): string {
  return text === 'true' || text === '1' ? 'true' : 'false';
}

function lexicalFloat(value: JsonValue): string | SimpleFault {
  if (typeof value === 'number') return Number.isFinite(value) ? floatToXml(value) : NOT_FINITE;
  return typeof value === 'string' && isSpecialFloat(value) ? value : NOT_FLOAT;
}

function lexicalString(value: JsonValue): string | SimpleFault {
  return typeof value === 'string' ? value : NOT_EXACT_STRING;
}

function lexicalNumber(value: JsonValue): string | SimpleFault {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return NOT_EXACT_NUMBER;
  if (!Number.isFinite(value)) return NOT_FINITE;
  return isExact(value) ? plainDecimal(value) : TOO_MANY_DIGITS;
}

function isExact(value: number): boolean {
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  const digits = String(value)
    .replace(/e.*$/, '')
    .replace(/^-?0*\.?0*/, '')
    .replace('.', '');
  return digits.length <= EXACT_DIGITS;
}
