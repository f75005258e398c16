import type { JsonValue } from '../codec.ts';
import { isNcName } from '../../xml/characters.ts';
import { hasIllegalXmlCharacter } from '../../xml/escape.ts';
import { same, type AtomicType } from './atomic-type.ts';
import { translatedPattern } from './pattern.ts';
import { SimpleFault } from './simple-codec.ts';

/** Lexical spaces of the types that restrict string (XSD 1.0 Part 2, 3.3). anyURI is lenient, as 3.2.17 asks. */
const LEXICAL: Readonly<Record<string, { expected: string; isLexical: (text: string) => boolean }>> = {
  language: {
    expected: 'a language tag such as "en-GB"',
    isLexical: matching('[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*'),
  },
  NMTOKEN: { expected: 'a name token', isLexical: matching('\\c+') },
  ENTITY: { expected: 'a name without a colon', isLexical: isNcName },
  Name: { expected: 'an XML name', isLexical: matching('\\i\\c*') },
  NCName: { expected: 'a name without a colon', isLexical: isNcName },
  ID: { expected: 'a name without a colon', isLexical: isNcName },
  IDREF: { expected: 'a name without a colon', isLexical: isNcName },
};

const NOT_A_STRING: SimpleFault = new SimpleFault('type', 'must be a string');
const ILLEGAL: SimpleFault = new SimpleFault(
  'xml-character',
  'must not contain characters that XML cannot carry',
);

/** string and whatever else is a JSON string of the same characters. */
export function textType(builtin: string): AtomicType {
  return {
    ...(LEXICAL[builtin] ?? { expected: 'a string', isLexical: () => true }),
    toJson: (text) => JSON.stringify(text),
    toLexical: legalString,
    canonical: same,
    length: { unit: 'characters', of: countCharacters },
    needsEscape: true,
  };
}

export function stringOrFault(value: JsonValue): string | SimpleFault {
  return typeof value === 'string' ? value : NOT_A_STRING;
}

function legalString(value: JsonValue): string | SimpleFault {
  if (typeof value !== 'string') return NOT_A_STRING;
  return hasIllegalXmlCharacter(value) ? ILLEGAL : value;
}

/** Characters are code points (XSD 1.0 Part 2, 4.3.1), not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) count--;
  }
  return count;
}

function matching(pattern: string): (text: string) => boolean {
  const expression = translatedPattern(pattern);
  return (text) => expression.test(text);
}
