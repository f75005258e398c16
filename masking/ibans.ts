import { ibanLengths } from './iban-lengths.ts';
import type { Span } from './span.ts';

/** ISO 13616-1. */
const FEWEST = 15;
const MOST = 34;

/** As many as a blank, a dash and a blank. */
const MOST_SEPARATORS = 3;
const GROUP = 4;

/** Country and check digits. */
const HEAD = /[A-Z][ \t\r\n_-]{0,3}[A-Z][ \t\r\n_-]{0,3}\d[ \t\r\n_-]{0,3}\d/gi;
const UNBROKEN = /^[A-Z\d]{4}$/i;
/** What it stands in is a word; only `IBAN` itself may stand before it without a blank. */
const WITHIN = /[A-Za-z\d]$/;
const LABEL = /(?<![A-Za-z\d])IBAN$/i;

/**
 * IBANs whose check digits are right (ISO 13616-1, ISO/IEC 7064 MOD 97-10), in whatever groups and case. For a country of the
 * registry its own length counts, whatever follows, and any other up to the end of a word; within a word only the former. Time is proportional to the text.
 */
export function ibansIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: match, index: start } of text.matchAll(HEAD)) {
    const head = match.replace(/[^A-Za-z\d]/g, '').toUpperCase();
    const end = endOfIban(
      text,
      start + match.length,
      head,
      isWithinWord(text.slice(Math.max(0, start - 5), start)),
    );
    if (end !== undefined) spans.push({ start, end });
  }
  return spans;
}

function isWithinWord(before: string): boolean {
  return WITHIN.test(before) && !LABEL.test(before);
}

/** The longest that fits: rather a word too many than a part of an account left over. */
function endOfIban(text: string, after: number, head: string, isWithin: boolean): number | undefined {
  const own = ibanLengths.get(head.slice(0, 2));
  const headNumber = numberOf(head);
  const mayHavePoints = UNBROKEN.test(text.slice(after - head.length, after));
  let remainder = 0;
  let end: number | undefined;
  let index = after;
  for (let length = head.length + 1; length <= MOST; length += 1) {
    index = skipSeparators(text, index, mayHavePoints && (length - 1) % GROUP === 0);
    const value = valueOf(text.charCodeAt(index));
    if (value === NONE) break;
    index += 1;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    const isWhole = length === own || (!isWithin && valueOf(text.charCodeAt(index)) === NONE);
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

/** Points and strokes separate groups of four alone: after `at 28` they are those of an amount. */
function skipSeparators(text: string, from: number, isAfterFour: boolean): number {
  let index = from;
  while (index < from + MOST_SEPARATORS) {
    const code = text.charCodeAt(index);
    if (!isSeparator(code) && !(isAfterFour && (code === POINT || code === STROKE))) break;
    index += 1;
  }
  return index;
}

const POINT = 0x2e;
const STROKE = 0x2f;

/** Blanks, line breaks, underscores, and blanks and dashes of Unicode with them. */
function isSeparator(code: number): boolean {
  if (code === 0x20 || code === 0x2d || code === 0xa0 || code === 0x5f) return true;
  if (code === 0x09 || code === 0x0a || code === 0x0d) return true;
  return code === 0x2007 || code === 0x202f || (code >= 0x2010 && code <= 0x2015);
}
