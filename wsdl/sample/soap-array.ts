import type { JsonValue } from '../codec/codec.ts';
import type { SoapArray } from '../contract.ts';

/**
 * Makes the value of an array of SOAP encoding one that fits: arrays side by side are cut to the same length. In a literal message it is
 * empty: to XML Schema, a restriction of SOAP-ENC:Array that only names its wsdl:arrayType allows no content at all.
 */
export function soapArrayValue(
  items: readonly JsonValue[],
  { dimensions }: SoapArray,
  use: 'literal' | 'encoded',
): JsonValue[] {
  return use === 'literal' ? [] : cut(items, sizesOf(items, dimensions));
}

/** The least length of the arrays of each dimension. */
function sizesOf(items: readonly JsonValue[], dimensions: number): number[] {
  const sizes: number[] = [];
  let arrays: readonly (readonly JsonValue[])[] = [items];
  for (let dimension = 0; dimension < dimensions; dimension++) {
    sizes.push(Math.min(...arrays.map(({ length }) => length)));
    arrays = arrays.flat().filter((inner) => Array.isArray(inner));
    if (arrays.length === 0) return [...sizes, ...new Array<number>(dimensions - sizes.length).fill(0)];
  }
  return sizes;
}

function cut(items: readonly JsonValue[], [size = 0, ...inner]: readonly number[]): JsonValue[] {
  const kept = items.slice(0, size);
  return inner.length === 0 ? kept : kept.map((row) => (Array.isArray(row) ? cut(row, inner) : row));
}
