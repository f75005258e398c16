import type { Facets } from '../contract.ts';

/** No example needs to be longer, whatever the contract demands. */
const longest = 100_000;

/** The text brought within the length facets: cut, or lengthened by its own letters; never with a blank at its end. */
export function fitted(text: string, { length, minLength = 0, maxLength = Infinity }: Facets): string {
  const least = Math.min(length ?? minLength, longest);
  const most = length ?? maxLength;
  if (text.length >= least && text.length <= Math.min(most, longest)) return text;
  const long = text.length < least ? text.padEnd(least, `${text.replace(/[^A-Za-z0-9]/g, '')}0`) : text;
  const cut = Array.from(long).slice(0, Math.min(most, longest)).join('');
  return cut.endsWith(' ') || cut.endsWith('-') ? `${cut.slice(0, -1)}x` : cut;
}
