import { ibanLengths } from './iban-lengths.ts';
import type { Span } from './span.ts';

/** ISO 13616-1. */
const FEWEST = 15;
const MOST = 34;

/** Country and check digits; `IBAN` itself may stand before them without a blank. */
const HEAD = /(?<![A-Za-z\d])(?:IBAN)?([A-Z][ -]?[A-Z][ -]?\d[ -]?\d)/gi;

/**
 * IBANs whose check digits are right (ISO 13616-1, ISO/IEC 7064 MOD 97-10), in whatever groups and case. For a country of the
 * registry its own length counts, whatever follows, and any other up to the end of a word. Time is proportional to the text.
 */
export function ibansIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: match, 1: head, index } of text.matchAll(HEAD)) {
    const after = index + match.length;
    const end = endOfIban(text, after, head!.replace(/[ -]/g, '').toUpperCase());
    if (end !== undefined) spans.push({ start: after - head!.length, end });
  }
  return spans;
}

/** The longest that fits: rather a word too many than a part of an account left over. */
function endOfIban(text: string, after: number, head: string): number | undefined {
  const own = ibanLengths.get(head.slice(0, 2));
  const headNumber = numberOf(head);
  let remainder = 0;
  let end: number | undefined;
  let index = after;
  for (let length = head.length + 1; length <= MOST; length += 1) {
    if (isSeparator(text.charCodeAt(index))) index += 1;
    const value = valueOf(text.charCodeAt(index));
    if (value === NONE) break;
    index += 1;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    const isWhole = length === own || valueOf(text.charCodeAt(index)) === NONE;
    if (length >= FEWEST && isWhole && isRight(remainder, headNumber)) end = index;
  }
  return end;
}

/** The number that is checked has the head at its end (ISO 13616-1, 6): two letters of two digits each, two digits. */
function isRight(remainder: number, headNumber: number): boolean {
  return (remainder * 1_000_000 + headNumber) % 97 === 1;
}

function numberOf(head: string): number {
  return Number(Array.from(head, (character) => valueOf(character.charCodeAt(0))).join(''));
}

const NONE = -1;

/** 0 to 9, letters from 10 on. */
function valueOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  return code >= 97 && code <= 122 ? code - 87 : NONE;
}

/** Blanks and dashes of Unicode with them. */
function isSeparator(code: number): boolean {
  if (code === 0x20 || code === 0x2d || code === 0xa0) return true;
  return code === 0x2007 || code === 0x202f || (code >= 0x2010 && code <= 0x2015);
}
