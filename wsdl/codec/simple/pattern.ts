import { literal, multiCharacterEscape, propertyEscape } from './pattern-classes.ts';
import { sourceOf, type PatternTree } from './pattern-tree.ts';
import { PatternReader, UntranslatablePattern } from './pattern-reader.ts';

/** A pattern in JavaScript's terms: as one expression, anchored, and as a tree. */
export interface PatternExpression {
  readonly source: string;
  readonly flags: 'u';
  readonly tree: PatternTree;
}

export type TranslatedPattern = PatternExpression | { readonly reason: string };

/** Single-character escapes that are not the character itself (XSD 1.0 Part 2, F.1.1). */
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const SIGNS: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  '?': { min: 0, max: 1 },
  '*': { min: 0, max: Infinity },
  '+': { min: 1, max: Infinity },
};

/** The reader recurses; deeper patterns come from no honest schema. */
const DEEPEST = 100;

/**
 * XSD regular expression (XSD 1.0 Part 2, appendix F) -> JavaScript's, anchored at both ends. `^` and `$` have no special
 * meaning in XSD. A pattern outside of XSD's grammar gives the reason; it is never made to match more than it says.
 */
export function translatePattern(xsd: string): TranslatedPattern {
  try {
    const reader = new PatternReader(xsd);
    const tree = readBranches(reader, 0);
    if (!reader.atEnd()) reader.refuse('")" without "("');
    const source = tree.kind === 'choice' ? `^${sourceOf(tree)}$` : `^(?:${sourceOf(tree)})$`;
    // Compiled once here, so that a bound that only JavaScript sets is found now.
    new RegExp(source, 'u');
    return { source, flags: 'u', tree };
  } catch (error) {
    if (error instanceof UntranslatablePattern) return { reason: error.message };
    if (error instanceof SyntaxError) return { reason: 'it is too large' };
    throw error;
  }
}

/** For patterns that the specification itself gives. @throws Error if it cannot be translated. */
export function translatedPattern(xsd: string): RegExp {
  const translated = translatePattern(xsd);
  if ('reason' in translated) throw new Error(`Internal: ${translated.reason}`);
  return new RegExp(translated.source, translated.flags);
}

/** regExp ::= branch ( '|' branch )* */
function readBranches(reader: PatternReader, depth: number): PatternTree {
  if (depth > DEEPEST) reader.refuse('groups nested too deep');
  const branches = [readBranch(reader, depth)];
  while (reader.accept('|')) branches.push(readBranch(reader, depth));
  return branches.length === 1 ? branches[0]! : { kind: 'choice', branches };
}

/** branch ::= piece* */
function readBranch(reader: PatternReader, depth: number): PatternTree {
  const parts: PatternTree[] = [];
  while (!reader.atEnd() && reader.peek() !== ')' && reader.peek() !== '|')
    parts.push(readPiece(reader, depth));
  return { kind: 'sequence', parts };
}

/** piece ::= atom quantifier? */
function readPiece(reader: PatternReader, depth: number): PatternTree {
  const node = readAtom(reader, depth);
  const bounds = readQuantifier(reader);
  return bounds ? { kind: 'repeat', node, ...bounds } : node;
}

/** quantifier ::= [?*+] | '{' ( n ',' m | n ',' | n ) '}' */
function readQuantifier(reader: PatternReader): { readonly min: number; readonly max: number } | undefined {
  const quantifier = reader.match(/[?*+]|\{\d+(?:,\d*)?\}/y);
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(quantifier) ?? [];
  if (least === undefined) return quantifier === '' ? undefined : SIGNS[quantifier];
  const min = Number(least);
  const max = comma === '' ? min : most === '' ? Infinity : Number(most);
  if (min > max) reader.refuse('a quantifier whose first number is the larger');
  return { min, max };
}

/** atom ::= NormalChar | charClass | '(' regExp ')' */
function readAtom(reader: PatternReader, depth: number): PatternTree {
  if (reader.accept('(')) return readGroup(reader, depth);
  return { kind: 'character', source: readCharacter(reader, depth) };
}

function readCharacter(reader: PatternReader, depth: number): string {
  const character = reader.next();
  switch (character) {
    case '[':
      return readClass(reader, depth + 1);
    case '.':
      return '[^\\n\\r]';
    case '\\':
      return readEscape(reader);
    case '?':
    case '*':
    case '+':
    case '{':
      return reader.refuse(`the quantifier "${character}" with nothing to repeat`);
    case ']':
      return reader.refuse('"]" without "["');
    default:
      return literal(character.codePointAt(0)!);
  }
}

function readGroup(reader: PatternReader, depth: number): PatternTree {
  if (reader.peek() === '?') reader.refuse('"(?", which XML Schema does not have');
  const tree = readBranches(reader, depth + 1);
  if (!reader.accept(')')) reader.refuse('"(" without ")"');
  return tree;
}

function readEscape(reader: PatternReader): string {
  const letter = reader.next();
  const body = classEscape(reader, letter);
  return body === undefined ? singleEscape(reader, letter) : `[${body}]`;
}

/** An escape for a set of characters, as the inside of a class; undefined if `letter` begins no such escape. */
function classEscape(reader: PatternReader, letter: string): string | undefined {
  if (letter !== 'p' && letter !== 'P') return multiCharacterEscape(letter);
  const name = reader.match(/\{[^{}]*\}/y).slice(1, -1);
  return propertyEscape(name, letter === 'P') ?? reader.refuse(`the property "${name}", which is not known`);
}

function singleEscape(reader: PatternReader, letter: string): string {
  if (Object.hasOwn(CONTROLS, letter)) return literal(CONTROLS[letter]!.charCodeAt(0));
  if (/[\p{L}\p{N}]/u.test(letter)) reader.refuse(`the escape "\\${letter}", which XML Schema does not have`);
  return literal(letter.codePointAt(0)!);
}

/** charClassExpr ::= '[' '^'? charRange+ ( '-' charClassExpr )? ']', after its '['. Subtraction becomes a look-ahead. */
function readClass(reader: PatternReader, depth: number): string {
  if (depth > DEEPEST) reader.refuse('classes nested too deep');
  const negation = reader.accept('^') ? '^' : '';
  let body = '';
  while (!reader.accept(']')) {
    if (body !== '' && reader.accept('-[')) {
      const subtracted = readClass(reader, depth + 1);
      if (!reader.accept(']')) reader.refuse('a class subtraction that is not the last part of its class');
      return `(?:(?!${subtracted})[${negation}${body}])`;
    }
    body += readRange(reader);
  }
  if (body === '') reader.refuse('an empty class');
  return `[${negation}${body}]`;
}

/** A range, a single character, or an escape for a set. A hyphen that can stand in no range is itself. */
function readRange(reader: PatternReader): string {
  const first = readClassCharacter(reader);
  if (first.isSet || !reader.startsRange()) return first.source;
  reader.accept('-');
  const last = readClassCharacter(reader);
  if (last.isSet) reader.refuse('a range that ends in a set');
  if (first.codePoint > last.codePoint) reader.refuse('a range whose first character is the larger');
  return `${first.source}-${last.source}`;
}

type ClassCharacter =
  | { readonly isSet: true; readonly source: string }
  | { readonly isSet: false; readonly source: string; readonly codePoint: number };

function readClassCharacter(reader: PatternReader): ClassCharacter {
  const character = reader.next();
  if (character === '[') reader.refuse('"[" in a class');
  if (character !== '\\') return plainCharacter(character);
  const letter = reader.next();
  const body = classEscape(reader, letter);
  if (body !== undefined) return { isSet: true, source: body };
  singleEscape(reader, letter);
  return plainCharacter(CONTROLS[letter] ?? letter);
}

function plainCharacter(character: string): ClassCharacter {
  const codePoint = character.codePointAt(0)!;
  return { isSet: false, source: literal(codePoint), codePoint };
}
