import type { Facets } from '../../wsdl/index.ts';

/** Regular expressions of JSON Schema (ECMA-262 with `u`) that together say what the pattern facets say. */
export function toPatterns(facets: Facets): string[] {
  return [];
}
