import { parseArrayType, parseIndex, parseNumbers } from '../../array-type.ts';
import type { DecodeContext } from '../decode/decode-context.ts';
import { childrenOf } from './body-tree.ts';
import type { EncodedElement } from './body-tree.ts';
import { encodingAttribute } from './encoding-attributes.ts';

/** The items of an array that came, each at its place. */
export interface ArrayItems {
  /** Of each dimension. */
  readonly sizes: readonly number[];
  /** By place, the last index fastest; places without an item are null. */
  readonly items: ReadonlyMap<number, EncodedElement>;
}

/**
 * Reads SOAP-ENC:arrayType, offset and position (SOAP 1.1, 5.4.2), or enc:arraySize (SOAP 1.2 Part 2, 3.1.6).
 *
 * A list without offset and positions is as long as its items are many, whatever size it claims: servers differ on that.
 * @throws DecodeError where sizes or places make no sense.
 */
export function readArrayItems(
  array: EncodedElement,
  dimensions: number,
  context: DecodeContext,
): ArrayItems {
  const children = childrenOf(array);
  const claimed = claimedSizes(array);
  const offset = encodingAttribute(array, 'offset');
  const isSparse =
    offset !== undefined || children.some((item) => encodingAttribute(item, 'position') !== undefined);
  if (dimensions === 1 && claimed.length <= 1 && !isSparse)
    return { sizes: [children.length], items: new Map(children.entries()) };
  const sizes = dimensions === 1 && claimed.length === 0 ? [0] : claimed;
  if (sizes.length !== dimensions) return failDimensions(sizes.length, dimensions, context);
  const items = placeItems(children, offset, sizes, context);
  if (dimensions > 1) return { sizes, items };
  return { sizes: [[...items.keys()].reduce((most, place) => Math.max(most, place + 1), sizes[0]!)], items };
}

function claimedSizes(array: EncodedElement): readonly number[] {
  const arrayType = encodingAttribute(array, 'arrayType');
  if (arrayType !== undefined) return parseArrayType(arrayType).sizes;
  const sizes = encodingAttribute(array, 'arraySize')?.trim().split(/\s+/) ?? [];
  return parseNumbers(sizes);
}

function placeItems(
  children: readonly EncodedElement[],
  offset: string | undefined,
  sizes: readonly number[],
  context: DecodeContext,
): Map<number, EncodedElement> {
  const items = new Map<number, EncodedElement>();
  let next = offset === undefined ? 0 : placeOf(offset, sizes, 'offset', context);
  for (const item of children) {
    const position = encodingAttribute(item, 'position');
    const place = position === undefined ? next : placeOf(position, sizes, 'position', context);
    if (items.has(place)) context.fail('invalid-value', 'has two items at one place');
    if (sizes.length > 1 && place >= sizes.reduce((all, size) => all * size, 1))
      context.fail('invalid-value', 'has more items than its size says');
    items.set(place, item);
    next = place + 1;
  }
  return items;
}

/** `[1,2]` -> the place in the row of all items. */
function placeOf(
  written: string,
  sizes: readonly number[],
  attribute: string,
  context: DecodeContext,
): number {
  const index = parseIndex(written);
  if (index?.length !== sizes.length)
    return context.fail('invalid-value', `${attribute} must have ${sizes.length} whole numbers in brackets`);
  if (sizes.length > 1 && index.some((at, dimension) => at >= sizes[dimension]!))
    return context.fail('invalid-value', `${attribute} is outside of the array`);
  return index.reduce((place, at, dimension) => place * sizes[dimension]! + at, 0);
}

function failDimensions(found: number, dimensions: number, context: DecodeContext): never {
  const expected = `${dimensions} dimension${dimensions === 1 ? '' : 's'}`;
  const message =
    found === 0
      ? `must say the size of each of its ${expected}`
      : `has ${found} dimensions, the contract says ${expected}`;
  return context.fail('invalid-value', message);
}
