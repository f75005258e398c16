import { anyCharacter, escapeSet, literal, unionOf, without, type CharacterSet } from './character-set.ts';

/** An XSD regular expression (XSD 1.0 Part 2, F) as a tree from which strings can be made. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number };

/**
 * ```
 * regExp ::= branch ( '|' branch )*     branch ::= piece*     piece ::= atom quantifier?
 * atom   ::= Char | charClass | '(' regExp ')'
 * ```
 * @throws SyntaxError where the pattern is not one.
 */
export function parsePattern(pattern: string): PatternNode {
  const reader: Reader = { characters: Array.from(pattern), at: 0, depth: 0 };
  const node = parseChoice(reader);
  if (reader.at < reader.characters.length)
    throw new SyntaxError(`unexpected "${reader.characters[reader.at]!}"`);
  return node;
}

interface Reader {
  readonly characters: readonly string[];
  at: number;
  depth: number;
}

/** Patterns come from outside; one nested without end must not end the process. */
const mostNested = 200;

function nested<T>(reader: Reader, parse: (reader: Reader) => T): T {
  if (reader.depth >= mostNested) throw new SyntaxError(`groups are nested more than ${mostNested} deep`);
  reader.depth++;
  const result = parse(reader);
  reader.depth--;
  return result;
}

function parseChoice(reader: Reader): PatternNode {
  const branches = [parseSequence(reader)];
  while (skip(reader, '|')) branches.push(parseSequence(reader));
  return branches.length === 1 ? branches[0]! : { kind: 'choice', branches };
}

function parseSequence(reader: Reader): PatternNode {
  const parts: PatternNode[] = [];
  for (let next = peek(reader); next !== undefined && next !== '|' && next !== ')'; next = peek(reader)) {
    parts.push(parseQuantifier(reader, parseAtom(reader)));
  }
  return { kind: 'sequence', parts };
}

function parseAtom(reader: Reader): PatternNode {
  if (!skip(reader, '('))
    return { kind: 'set', set: skip(reader, '[') ? parseClass(reader) : parseCharacter(reader) };
  const node = nested(reader, parseChoice);
  expect(reader, ')');
  return node;
}

/** `quantifier ::= '?' | '*' | '+' | '{' n ( ',' m? )? '}'` */
function parseQuantifier(reader: Reader, node: PatternNode): PatternNode {
  if (skip(reader, '?')) return { kind: 'repeat', node, min: 0, max: 1 };
  if (skip(reader, '*')) return { kind: 'repeat', node, min: 0, max: Infinity };
  if (skip(reader, '+')) return { kind: 'repeat', node, min: 1, max: Infinity };
  if (!skip(reader, '{')) return node;
  const min = parseNumber(reader);
  const max = skip(reader, ',') ? (peek(reader) === '}' ? Infinity : parseNumber(reader)) : min;
  expect(reader, '}');
  return { kind: 'repeat', node, min, max };
}

function parseNumber(reader: Reader): number {
  let digits = '';
  while (/^[0-9]$/.test(peek(reader) ?? '')) digits += take(reader);
  if (digits === '') throw new SyntaxError('a number is missing in {}');
  return Number(digits);
}

function parseCharacter(reader: Reader): CharacterSet {
  const character = take(reader);
  if (character === '\\') return parseEscape(reader);
  if (character === '.') return anyCharacter;
  return literal(character);
}

/** `\d`, `\p{Lu}`, `\.`: the letter decides; a category's name stands in braces. */
function parseEscape(reader: Reader): CharacterSet {
  const letter = take(reader);
  if (letter !== 'p' && letter !== 'P') return escapeSet(letter);
  expect(reader, '{');
  let name = '';
  while (peek(reader) !== '}') name += take(reader);
  expect(reader, '}');
  return escapeSet(letter, name);
}

/** `charClassExpr ::= '[' '^'? ( range | escape )+ ( '-' charClassExpr )? ']'`, after its opening bracket. */
function parseClass(reader: Reader): CharacterSet {
  const isNegative = skip(reader, '^');
  const sets: CharacterSet[] = [];
  let excluded: CharacterSet | undefined;
  while (!skip(reader, ']')) {
    if (peek(reader) === '-' && reader.characters[reader.at + 1] === '[') {
      reader.at += 2;
      excluded = nested(reader, parseClass);
    } else sets.push(parseRange(reader));
  }
  const all = unionOf(sets);
  const positive: CharacterSet = isNegative ? { has: (code) => !all.has(code), examples: [] } : all;
  return excluded ? without(positive, excluded) : positive;
}

function parseRange(reader: Reader): CharacterSet {
  const first = parseClassCharacter(reader);
  const isRange = peek(reader) === '-' && !']['.includes(reader.characters[reader.at + 1] ?? ']');
  if (!isRange || first.examples.length !== 1) return first;
  take(reader);
  const low = first.examples[0]!;
  const high = parseClassCharacter(reader).examples[0] ?? low;
  return { has: (code) => code >= low && code <= high, examples: [low, high] };
}

function parseClassCharacter(reader: Reader): CharacterSet {
  const character = take(reader);
  return character === '\\' ? parseEscape(reader) : literal(character);
}

function peek(reader: Reader): string | undefined {
  return reader.characters[reader.at];
}

function take(reader: Reader): string {
  const character = reader.characters[reader.at++];
  if (character === undefined) throw new SyntaxError('the pattern ends too early');
  return character;
}

function skip(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, character: string): void {
  if (!skip(reader, character)) throw new SyntaxError(`"${character}" is missing`);
}
