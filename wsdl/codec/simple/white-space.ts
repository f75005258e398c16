import type { Facets } from '../../contract.ts';

const BREAKS = /[\t\n\r]/g;
const NOT_COLLAPSED = /[\t\n\r]|^ | $| {2}/;
const RUNS = /[ \t\n\r]+/g;
const EDGES = /^ | $/g;

/** XSD 1.0 Part 2, 4.3.6. */
export function normaliseWhiteSpace(mode: Facets['whiteSpace'], text: string): string {
  if (mode === 'preserve') return text;
  if (mode === 'replace') return text.replace(BREAKS, ' ');
  return NOT_COLLAPSED.test(text) ? text.replace(RUNS, ' ').replace(EDGES, '') : text;
}
