import { translatePattern } from '../codec/simple/pattern.ts';
import type { Facets } from '../contract.ts';
import type { Findings } from '../parse/findings.ts';
import type { FacetNode } from '../parse/schema-nodes.ts';

/**
 * Patterns of a base type and those of one derivation step, of which one must match (XSD 1.0 Part 2, 4.3.4). A step with an
 * invalid one is left out whole: what that one would match is not known.
 */
export function narrowPatterns(
  base: Facets['patterns'],
  steps: readonly FacetNode[],
  findings: Findings,
): Facets['patterns'] {
  const patterns = steps.filter(({ name }) => name === 'pattern');
  const valid = patterns.filter((pattern) => isValid(pattern, findings));
  if (patterns.length === 0 || valid.length < patterns.length) return base;
  return [...(base ?? []), valid.map(({ value }) => value)];
}

const LONGEST_SHOWN = 60;

function isValid({ value, source }: FacetNode, findings: Findings): boolean {
  const translated = translatePattern(value);
  if (!('reason' in translated)) return true;
  const shown = value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}...` : value;
  const message = `The pattern "${shown}" is not valid in XML Schema: ${translated.reason}. Correct it.`;
  findings.tolerate('XSD_INVALID', source, message, 'as if it were not there');
  return false;
}
