import { translatePattern, type Facets } from '../../wsdl/index.ts';

/** Regular expressions of JSON Schema (ECMA-262 with `u`) that together say what the pattern facets say. */
export function toPatterns(patterns: NonNullable<Facets['patterns']>): string[] {
  return patterns.flatMap((alternatives) => {
    const sources = alternatives.flatMap((pattern) => {
      const translated = translatePattern(pattern);
      return 'source' in translated ? [translated.source] : [];
    });
    return sources.length > 0 ? [sources.join('|')] : [];
  });
}
