import type { DecodeState } from './decode-state.ts';
import { NOT_COPIED } from './copy-text.ts';
import { startsWith } from './starts-with.ts';

const DOUBLE_QUOTE = 34;
const ZERO = 48;
const NINE = 57;
const GREATER = 62;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/**
 * The start tag of an array of SOAP encoding that ends in its size, `p:Item[3]">`. One that differs only in the size means the
 * same wherever the same bindings are in force.
 */
export interface ArrayTag {
  /** Up to the bracket before the size. */
  readonly beginning: Uint8Array;
  readonly scope: number;
  readonly envelopeNamespace: string;
}

/** @returns the position behind the tag if it is known, or NOT_COPIED. */
export function matchArrayTag(state: DecodeState, from: number, tag: ArrayTag | undefined): number {
  const { bytes } = state;
  if (tag === undefined || tag.scope !== state.scope || !startsWith(bytes, from, tag.beginning))
    return NOT_COPIED;
  if (tag.envelopeNamespace !== state.general.envelopeNamespace) return NOT_COPIED;
  let p = from + tag.beginning.length;
  while (isDigit(bytes[p]!)) p++;
  return bytes[p] === CLOSE_BRACKET && bytes[p + 1] === DOUBLE_QUOTE && bytes[p + 2] === GREATER
    ? p + 3
    : NOT_COPIED;
}

/** @param end behind the `>` of the tag. @returns undefined for one that does not end so. */
export function arrayTagOf(
  { bytes, scope, general }: DecodeState,
  from: number,
  end: number,
): ArrayTag | undefined {
  let p = end - 3;
  if (bytes[p] !== CLOSE_BRACKET || bytes[p + 1] !== DOUBLE_QUOTE) return undefined;
  do p--;
  while (isDigit(bytes[p]!));
  if (p < from || bytes[p] !== OPEN_BRACKET) return undefined;
  const beginning = Uint8Array.from(bytes.subarray(from, p + 1));
  return { beginning, scope, envelopeNamespace: general.envelopeNamespace };
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
