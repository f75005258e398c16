import type { Facets } from '../../contract.ts';
import type { FacetCheck } from './facets.ts';
import { translatePattern } from './pattern.ts';
import { SimpleFault } from './simple-codec.ts';

/** XSD 1.0 Part 2, 4.3.4. A pattern that cannot be translated lets no value pass: nothing is known to match it. */
export function compilePatterns({ patterns }: Facets): FacetCheck[] {
  return (patterns ?? []).map(compileAlternatives);
}

function compileAlternatives(alternatives: readonly string[]): FacetCheck {
  const expressions: RegExp[] = [];
  const reasons: string[] = [];
  for (const pattern of alternatives) {
    const translated = translatePattern(pattern);
    if ('reason' in translated)
      reasons.push(` (the pattern is not valid in XML Schema: ${translated.reason})`);
    else expressions.push(new RegExp(translated.source, translated.flags));
  }
  const fault = new SimpleFault(
    'pattern',
    `must match the pattern ${alternatives.join(' or ')}${reasons[0] ?? ''}`,
  );
  return (text) => (expressions.some((expression) => expression.test(text)) ? undefined : fault);
}
