import { unicodeBlock } from './unicode-blocks.ts';

type Range = readonly [first: number, last: number];

const LAST_CODE_POINT = 0x10ffff;

/** NameStartChar (XML 1.0 fifth edition, 2.3); the editions before it allowed fewer. */
const NAME_START: readonly Range[] = [
  [0x3a, 0x3a],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];
const NAME_REST: readonly Range[] = [
  ...NAME_START,
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];
const SPACE: readonly Range[] = [
  [0x9, 0xa],
  [0xd, 0xd],
  [0x20, 0x20],
];

/** Multi-character escapes (XSD 1.0 Part 2, F.1.1) as the inside of a JavaScript character class. */
const ESCAPES: Readonly<Record<string, string>> = {
  s: toClassBody(SPACE),
  S: toClassBody(complement(SPACE)),
  i: toClassBody(NAME_START),
  I: toClassBody(complement(NAME_START)),
  c: toClassBody(NAME_REST),
  C: toClassBody(complement(NAME_REST)),
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  W: '\\p{P}\\p{Z}\\p{C}',
};

const CATEGORIES: ReadonlySet<string> = new Set(
  'L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn'.split(
    ' ',
  ),
);

/** `\i`, `\c`, `\d`, `\s`, `\w` and their opposites; undefined for any other letter. */
export function multiCharacterEscape(letter: string): string | undefined {
  return Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
}

/** `\p{...}` or its opposite for a general category or `IsBlock`; undefined if there is no such property. */
export function propertyEscape(name: string, isNegated: boolean): string | undefined {
  if (CATEGORIES.has(name)) return `\\${isNegated ? 'P' : 'p'}{${name}}`;
  const block = name.startsWith('Is') ? unicodeBlock(name.slice(2)) : undefined;
  return block && toClassBody(isNegated ? complement([block]) : [block]);
}

/** A code point, escaped so that it is literal inside and outside of a character class. */
export function literal(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  return /[\p{L}\p{N} ]/u.test(character) && codePoint < 0x80 ? character : `\\u{${codePoint.toString(16)}}`;
}

function toClassBody(ranges: readonly Range[]): string {
  return ranges
    .map(([first, last]) => (first === last ? literal(first) : `${literal(first)}-${literal(last)}`))
    .join('');
}

function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}
