import type { Facets } from '../contract.ts';
import { qnameKey } from '../qname.ts';
import type { Findings } from '../parse/findings.ts';
import type { FacetNode } from '../parse/schema-nodes.ts';
import { narrowPatterns } from './patterns.ts';

type WhiteSpace = Facets['whiteSpace'];
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Facets of a base type narrowed by one derivation step (XSD 1.0 Part 2, 4.3). */
export function narrowFacets(
  base: Facets,
  steps: readonly FacetNode[],
  isQName: boolean,
  findings: Findings,
): Facets {
  const facets: Mutable<Facets> = { ...base, whiteSpace: whiteSpaceOf(base, steps, findings) };
  const patterns = narrowPatterns(base.patterns, steps, findings);
  if (patterns) facets.patterns = patterns;
  const enumeration = steps.filter(({ name }) => name === 'enumeration');
  if (enumeration.length > 0)
    facets.enumeration = enumeration.map((facet) => enumerated(facet, facets.whiteSpace, isQName, findings));
  for (const facet of steps) {
    if (isCount(facet.name)) narrowCount(facets, facet.name, facet, findings);
    if (isBound(facet.name)) narrowBound(facets, facet.name, facet.value.trim());
  }
  return facets;
}

/** XSD 1.0 Part 2, 4.3.6. */
export function normaliseSpace(value: string, whiteSpace: WhiteSpace): string {
  if (whiteSpace === 'preserve') return value;
  const replaced = value.replace(/[\t\n\r]/g, ' ');
  return whiteSpace === 'replace' ? replaced : replaced.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

const IGNORED = 'as if it were not there';

const COUNTS = ['length', 'minLength', 'maxLength', 'totalDigits', 'fractionDigits'] as const;
type Count = (typeof COUNTS)[number];

/** Each bound with the one that takes its place if a derived type sets it. */
const BOUNDS = {
  minInclusive: 'minExclusive',
  minExclusive: 'minInclusive',
  maxInclusive: 'maxExclusive',
  maxExclusive: 'maxInclusive',
} as const;
type Bound = keyof typeof BOUNDS;

function isCount(name: string): name is Count {
  return (COUNTS as readonly string[]).includes(name);
}

function isBound(name: string): name is Bound {
  return Object.hasOwn(BOUNDS, name);
}

function narrowCount(
  facets: Mutable<Facets>,
  name: Count,
  { value, source }: FacetNode,
  findings: Findings,
): void {
  if (/^\s*\+?[0-9]{1,15}\s*$/.test(value)) facets[name] = Number(value);
  else {
    const message = `The value of <${source.rawName}> is not a whole number.`;
    findings.tolerate('XSD_INVALID', source, message, IGNORED);
  }
}

function narrowBound(facets: Mutable<Facets>, name: Bound, value: string): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of four known members
  delete facets[BOUNDS[name]];
  facets[name] = value;
}

const WHITE_SPACE: readonly string[] = ['preserve', 'replace', 'collapse'] satisfies WhiteSpace[];

function whiteSpaceOf(base: Facets, steps: readonly FacetNode[], findings: Findings): WhiteSpace {
  const step = steps.find(({ name }) => name === 'whiteSpace');
  if (!step) return base.whiteSpace;
  const value = step.value.trim();
  if (WHITE_SPACE.includes(value)) return value as WhiteSpace;
  findings.tolerate(
    'XSD_INVALID',
    step.source,
    `The value of <${step.source.rawName}> is not preserve, replace or collapse.`,
    IGNORED,
  );
  return base.whiteSpace;
}

function enumerated(
  { value, source }: FacetNode,
  whiteSpace: WhiteSpace,
  isQName: boolean,
  findings: Findings,
): string {
  const normal = normaliseSpace(value, whiteSpace);
  if (!isQName) return normal;
  const colon = normal.indexOf(':');
  const prefix = normal.slice(0, Math.max(0, colon));
  const namespace = source.scope.lookup(prefix);
  if (namespace === undefined)
    findings.tolerate(
      'XML_UNBOUND_PREFIX',
      source,
      `The prefix "${prefix}" is not declared. Add xmlns:${prefix}="...".`,
      'as a name without a namespace',
    );
  return qnameKey(namespace ?? '', normal.slice(colon + 1));
}
