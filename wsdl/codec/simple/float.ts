import { toJsonNumber } from './decimal.ts';
import { survivesAsDouble } from './survives-as-double.ts';

const FLOAT = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SPECIAL: ReadonlySet<string> = new Set(['INF', '-INF', 'NaN']);

/** XSD 1.0 Part 2, 3.2.4.1. */
export function isFloat(text: string): boolean {
  return FLOAT.test(text);
}

export function isSpecialFloat(text: string): boolean {
  return SPECIAL.has(text);
}

export function parseFloatValue(text: string): number {
  if (text === 'INF') return Infinity;
  return text === '-INF' ? -Infinity : Number(text);
}

/**
 * The lexical form where JSON allows it (RFC 8259, 6) and a double keeps all its digits; else the shortest form of the same
 * double, so that whoever reads it can send it back. What overflows is infinite in XSD, and JSON has no number for that.
 */
export function floatToJson(text: string): string {
  if (isSpecialFloat(text)) return `"${text}"`;
  const value = Number(text);
  if (!Number.isFinite(value)) return value > 0 ? '"INF"' : '"-INF"';
  if (!survivesAsDouble(text)) return floatToXml(value);
  if (JSON_NUMBER.test(text)) return text;
  const [mantissa = '', exponent] = text.toLowerCase().split('e');
  return `${toJsonNumber(mantissa)}${exponent === undefined ? '' : `e${exponent}`}`;
}

/** A finite number. The sign of zero is a value of its own. */
export function floatToXml(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** @returns undefined if one is NaN and the other is not. */
export function compareFloats(a: number, b: number): number | undefined {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}
