import type { Facets } from '../../contract.ts';
import type { AtomicType } from './atomic-type.ts';
import { countDigits } from './decimal.ts';
import { compilePatterns } from './pattern-facet.ts';
import { SimpleFault } from './simple-codec.ts';

/** Checks a valid lexical form, normalised by whiteSpace. */
export type FacetCheck = (text: string) => SimpleFault | undefined;

type Bound = 'minInclusive' | 'maxInclusive' | 'minExclusive' | 'maxExclusive';

/** What the order of value and bound must be, and how to say so (XSD 1.0 Part 2, 4.3.7 to 4.3.10). */
const BOUNDS: Readonly<Record<Bound, { text: string; holds: (order: number) => boolean }>> = {
  minInclusive: { text: 'at least', holds: (order) => order >= 0 },
  maxInclusive: { text: 'at most', holds: (order) => order <= 0 },
  minExclusive: { text: 'greater than', holds: (order) => order > 0 },
  maxExclusive: { text: 'less than', holds: (order) => order < 0 },
};

const LISTED_VALUES = 20;

export function compileFacets(facets: Facets, type: AtomicType): FacetCheck[] {
  return [
    ...compileLengths(facets, type.length),
    ...compileDigits(facets, type),
    ...compileBounds(facets, type),
    ...compileEnumeration(facets, type.canonical),
    ...compilePatterns(facets),
  ];
}

/** First fault, or undefined if every check holds. */
export function firstFault(checks: readonly FacetCheck[], text: string): SimpleFault | undefined {
  for (const check of checks) {
    const fault = check(text);
    if (fault) return fault;
  }
  return undefined;
}

/** XSD 1.0 Part 2, 4.3.1 to 4.3.3. */
export function compileLengths(facets: Facets, length: AtomicType['length']): FacetCheck[] {
  if (!length) return [];
  const { unit, of } = length;
  const check = (
    limit: number | undefined,
    text: string,
    holds: (count: number, limit: number) => boolean,
  ): FacetCheck[] => {
    if (limit === undefined) return [];
    const fault = new SimpleFault('length', `must have ${text} ${limit} ${unit}`);
    return [(value) => (holds(of(value), limit) ? undefined : fault)];
  };
  return [
    ...check(facets.length, 'exactly', (count, limit) => count === limit),
    ...check(facets.minLength, 'at least', (count, limit) => count >= limit),
    ...check(facets.maxLength, 'at most', (count, limit) => count <= limit),
  ];
}

/** XSD 1.0 Part 2, 4.3.5. Values are compared in their value space, so that "1.0" is "1.00". */
export function compileEnumeration(
  { enumeration }: Facets,
  canonical: (text: string) => string,
): FacetCheck[] {
  if (!enumeration) return [];
  const values = new Set(enumeration.map(canonical));
  const shown = enumeration.slice(0, LISTED_VALUES).map((value) => JSON.stringify(value));
  const more = enumeration.length > shown.length ? ` and ${enumeration.length - shown.length} more` : '';
  const fault = new SimpleFault('enumeration', `must be one of ${shown.join(', ')}${more}`);
  return [(text) => (values.has(canonical(text)) ? undefined : fault)];
}

/** XSD 1.0 Part 2, 4.3.11 and 4.3.12. */
function compileDigits({ totalDigits, fractionDigits }: Facets, type: AtomicType): FacetCheck[] {
  if (type.hasDigits !== true) return [];
  const checks: FacetCheck[] = [];
  if (totalDigits !== undefined) {
    const fault = new SimpleFault('digits', `must have at most ${totalDigits} digits`);
    checks.push((text) => (countDigits(text).total <= totalDigits ? undefined : fault));
  }
  if (fractionDigits !== undefined) {
    const fault = new SimpleFault(
      'digits',
      `must have at most ${fractionDigits} digits after the decimal point`,
    );
    checks.push((text) => (countDigits(text).fraction <= fractionDigits ? undefined : fault));
  }
  return checks;
}

function compileBounds(facets: Facets, type: AtomicType): FacetCheck[] {
  if (!type.compareTo) return [];
  return (Object.keys(BOUNDS) as Bound[]).flatMap((name) => {
    const bound = facets[name];
    return bound === undefined ? [] : [compileBound(name, bound, type.compareTo!(bound))];
  });
}

function compileBound(name: Bound, bound: string, compare: (text: string) => number | undefined): FacetCheck {
  const { text, holds } = BOUNDS[name];
  const fault = new SimpleFault('range', `must be ${text} ${bound}`);
  return (value) => {
    const order = compare(value);
    return order !== undefined && holds(order) ? undefined : fault;
  };
}
