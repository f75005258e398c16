/** Which characters a piece of a pattern allows. Approximate for Unicode blocks: whoever samples must verify. */
export interface CharacterSet {
  has(code: number): boolean;
  /** Members known from the pattern's own text, for sets without any ASCII character. */
  readonly examples: readonly number[];
}

const escapes: Readonly<Record<string, RegExp>> = {
  d: /\p{Nd}/u,
  w: /[^\p{P}\p{Z}\p{C}]/u,
  s: /[ \t\n\r]/u,
  i: /[\p{L}_:]/u,
  c: /[\p{L}\p{Nd}._:-]/u,
};

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The set of an escape (XSD 1.0 Part 2, F.1.1): `letter` is what follows the backslash, `category` the name
 * in the braces of `\p{}` and `\P{}`.
 */
export function escapeSet(letter: string, category = ''): CharacterSet {
  const lower = letter.toLowerCase();
  const expression = lower === 'p' ? categoryExpression(category) : escapes[lower];
  if (expression === undefined) return literal(controls[letter] ?? letter);
  const isNegative = letter !== lower;
  return { has: (code) => expression.test(String.fromCodePoint(code)) !== isNegative, examples: [] };
}

/** Unicode's own categories are the engine's; blocks (`IsBasicLatin`) are taken for their Latin part. */
function categoryExpression(category: string): RegExp {
  if (/^[A-Z][a-z]?$/.test(category)) return new RegExp(`\\p{${category}}`, 'u');
  return /[\x20-\x7e]/u;
}

/** The set of the metacharacter `.`. */
export const anyCharacter: CharacterSet = { has: (code) => code !== 10 && code !== 13, examples: [] };

export function literal(character: string): CharacterSet {
  const only = character.codePointAt(0)!;
  return { has: (code) => code === only, examples: [only] };
}

export function unionOf(sets: readonly CharacterSet[]): CharacterSet {
  return { has: (code) => sets.some((set) => set.has(code)), examples: sets.flatMap((set) => set.examples) };
}

export function without(set: CharacterSet, excluded: CharacterSet): CharacterSet {
  return {
    has: (code) => set.has(code) && !excluded.has(code),
    examples: set.examples.filter((code) => !excluded.has(code)),
  };
}

const preferred = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', (character) => character.charCodeAt(0));
const lowerCase = Array.from('abcdefghijklmnopqrstuvwxyz', (character) => character.charCodeAt(0));
const printable = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => 0x20 + index);
const beyond = Array.from({ length: 0x24f - 0xa1 }, (_, index) => 0xa1 + index);

const known = new WeakMap<CharacterSet, readonly number[]>();

/** Code points of the set to choose from, the plainest kind that it has; empty if none is known. */
export function choicesOf(set: CharacterSet): readonly number[] {
  const choices = known.get(set) ?? findChoices(set);
  known.set(set, choices);
  return choices;
}

function findChoices(set: CharacterSet): readonly number[] {
  for (const pool of [preferred, lowerCase, printable, set.examples, [9, 10, 13], beyond]) {
    const members = pool.filter((code) => set.has(code));
    if (members.length > 0) return members;
  }
  return [];
}
