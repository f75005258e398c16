import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patternPieces } from '../../../wsdl/codec/simple/pattern-pieces.ts';
import { copyPieces } from '../../../wsdl/codec/simple/copy-certain.ts';
import type { PatternPiece } from '../../../wsdl/codec/simple/pattern-pieces.ts';
import { translatePattern } from '../../../wsdl/codec/simple/pattern.ts';
import { createMatcher } from '../../../wsdl/codec/simple/pattern-matcher.ts';

const PATTERNS = [
  '[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}',
  '[A-Za-z0-9\\-]{1,36}',
  '\\d{3}-\\d{4}',
  '[a-z]+@[0-9]?',
  'ab*c',
  '[0-9]{2,}',
  '\\d+\\.\\d{2}',
  '[+-]?\\d{1,3}',
];
const OTHERS = ['a|b', '(ab)+', 'a*a', '[^a]', '.*', '\\w+', '[a-z]*x', '[z-a]', 'a{3,1}', '\\p{L}', '[A-z]'];

describe('a pattern that is read byte by byte', () => {
  for (const pattern of PATTERNS) {
    it(`matches nothing that ${pattern} does not match`, () => {
      const pieces = patternPieces(pattern);
      const translated = translatePattern(pattern);
      assert.ok(pieces !== undefined && !('reason' in translated));
      const matches = createMatcher(translated);
      const property = fc.property(
        fc.stringMatching(new RegExp(`^${pattern}$`)),
        fc.nat({ max: 40 }),
        (text, at) => {
          for (const changed of [
            text,
            text.slice(0, at),
            `${text.slice(0, at)}9${text.slice(at)}`,
            `${text}-`,
          ])
            if (matchesPieces(pieces, changed)) assert.ok(matches(changed), changed);
          assert.ok(matchesPieces(pieces, text) || /[^\w.:/+*#@-]/.test(text), text);
        },
      );
      fc.assert(property, { numRuns: 100 });
    });
  }

  it('needs no going back and is valid in XML Schema', () => {
    for (const pattern of OTHERS) assert.equal(patternPieces(pattern), undefined, pattern);
  });
});

function matchesPieces(pieces: readonly PatternPiece[], text: string): boolean {
  const bytes = Buffer.alloc(text.length);
  const end = copyPieces(pieces, text, bytes, 0);
  if (end >= 0) assert.equal(bytes.toString('latin1', 0, end), text);
  return end >= 0;
}
