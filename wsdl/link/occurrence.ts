import type { MaxOccurs } from '../contract.ts';

export interface Occurs {
  readonly min: number;
  readonly max: MaxOccurs;
}

/**
 * How often a particle occurs that stands alone in a group: `inner` within each occurrence of `outer`.
 *
 * @returns undefined if the counts that are possible have gaps, e.g. pairs (2, 4, 6 ...).
 */
export function multiply(outer: Occurs, inner: Occurs): Occurs | undefined {
  return isContiguous(outer, inner)
    ? { min: outer.min * inner.min, max: times(outer.max, inner.max) }
    : undefined;
}

/** k and k+1 occurrences of the group must leave no count out between them; the smallest k is the tightest. */
function isContiguous(outer: Occurs, inner: Occurs): boolean {
  if (outer.min === outer.max) return true;
  if (inner.max === 'unbounded') return outer.min > 0 || inner.min <= 1;
  return (outer.min + 1) * inner.min <= outer.min * inner.max + 1;
}

function times(left: MaxOccurs, right: MaxOccurs): MaxOccurs {
  if (left === 0 || right === 0) return 0;
  if (left === 'unbounded' || right === 'unbounded') return 'unbounded';
  const product = left * right;
  return Number.isSafeInteger(product) ? product : 'unbounded';
}

export function mayRepeat(max: MaxOccurs): boolean {
  return max === 'unbounded' || max > 1;
}
