import type { Span } from './span.ts';

/** ISO/IEC 7812-1: what is shorter or longer is no card. */
const FEWEST_DIGITS = 12;
const MOST_DIGITS = 19;

/** Digits with up to three blanks, line breaks, dashes or underscores between, as people and forms write them. */
const DIGIT_RUN = /\d(?:[ \t\r\n\u00a0\u2007\u202f\u2010-\u2015_-]{0,3}\d)*/g;
/** Points and strokes are also in amounts and dates: there only groups of four count, and the same between all of them. */
const FOURS = /(?<!\d)\d{4}([ \t]?[./][ \t]?)\d{4}(?:\1\d{4}(?!\d))+(?:\1\d{1,3}(?!\d))?/g;
const GROUP = /\d+/g;

interface Group {
  readonly start: number;
  readonly digits: string;
}

/**
 * Card numbers: 12 to 19 digits whose check digit is right (ISO/IEC 7812-1, annex B), in whatever groups, also between other
 * numbers; where two overlap, both. One number in ten passes by chance and is taken for a card. Time is proportional to the text.
 */
export function cardNumbersIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index } of text.matchAll(DIGIT_RUN))
    if (run.length >= FEWEST_DIGITS) findIn(wholeGroupsOf(text, run, index), spans);
  for (const { 0: run, index } of text.matchAll(FOURS)) findIn(groupsOf(run, index), spans);
  return spans;
}

/** Parts of a decimal number are left out. */
function wholeGroupsOf(text: string, run: string, offset: number): (Group | undefined)[] {
  return groupsOf(run, offset).map((group) =>
    isDecimal(text, group.start, group.start + group.digits.length) ? undefined : group,
  );
}

function groupsOf(run: string, offset: number): Group[] {
  return Array.from(run.matchAll(GROUP), ({ 0: digits, index }) => ({ start: offset + index, digits }));
}

function findIn(groups: readonly (Group | undefined)[], spans: Span[]): void {
  for (const [first, group] of groups.entries()) {
    const end = group && longestCard(groups, first);
    if (end !== undefined) spans.push({ start: group!.start, end });
  }
}

/** Where the longest card that begins with group `first` ends. */
function longestCard(groups: readonly (Group | undefined)[], first: number): number | undefined {
  const sum = new LuhnSum();
  let end: number | undefined;
  for (let index = first; index < groups.length; index += 1) {
    const group = groups[index];
    if (group === undefined || sum.length + group.digits.length > MOST_DIGITS) break;
    sum.add(group.digits);
    if (sum.length >= FEWEST_DIGITS && sum.isValid) end = group.start + group.digits.length;
  }
  return end;
}

/** Digits come from the left, weights are counted from the right: both of the two possible sums are carried along. */
class LuhnSum {
  length = 0;
  #sum = 0;
  #shifted = 0;
  #hasValue = false;

  add(digits: string): void {
    for (const character of digits) {
      const digit = Number(character);
      const doubled = digit > 4 ? 2 * digit - 9 : 2 * digit;
      [this.#sum, this.#shifted] = [this.#shifted + digit, this.#sum + doubled];
      this.#hasValue ||= digit !== 0;
      this.length += 1;
    }
  }

  /** Nothing but zeros is nobody's card. */
  get isValid(): boolean {
    return this.#hasValue && this.#sum % 10 === 0;
  }
}

/** `12345678901234.50`: a decimal point has digits on both sides. */
function isDecimal(text: string, start: number, end: number): boolean {
  const isFraction = text[start - 1] === '.' && isDigit(text[start - 2]);
  return isFraction || (text[end] === '.' && isDigit(text[end + 1]));
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
