import type { Facets } from '../../contract.ts';
import type { FacetCheck } from './facets.ts';
import { createMatcher, type Matcher } from './pattern-matcher.ts';
import { translatePattern } from './pattern.ts';
import { SimpleFault } from './simple-codec.ts';

/** XSD 1.0 Part 2, 4.3.4. A pattern that cannot be translated lets no value pass: nothing is known to match it. */
export function compilePatterns({ patterns }: Facets): FacetCheck[] {
  return (patterns ?? []).map(compileAlternatives);
}

function compileAlternatives(alternatives: readonly string[]): FacetCheck {
  const matchers: Matcher[] = [];
  const reasons: string[] = [];
  for (const pattern of alternatives) {
    const translated = translatePattern(pattern);
    if ('reason' in translated)
      reasons.push(` (the pattern is not valid in XML Schema: ${translated.reason})`);
    else matchers.push(createMatcher(translated));
  }
  const named = `the pattern ${alternatives.join(' or ')}`;
  const fault = new SimpleFault('pattern', `must match ${named}${reasons[0] ?? ''}`);
  return (text) => {
    let costly: SimpleFault | undefined;
    for (const matcher of matchers) {
      const matches = matcher(text);
      if (matches === true) return undefined;
      if (matches !== false) costly = new SimpleFault('pattern', `${matches.message} (${named})`);
    }
    return costly ?? fault;
  };
}
