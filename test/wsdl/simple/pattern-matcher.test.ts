import assert from 'node:assert/strict';
import { PatternAutomaton } from '../../../wsdl/codec/simple/pattern-automaton.ts';
import { createMatcher } from '../../../wsdl/codec/simple/pattern-matcher.ts';
import { translatePattern, type PatternExpression } from '../../../wsdl/codec/simple/pattern.ts';

describe('matching a pattern', () => {
  const catastrophes: readonly (readonly [pattern: string, text: string])[] = [
    ['(a+)+', `${'a'.repeat(5_000)}b`],
    ['(a|a)*', `${'a'.repeat(5_000)}b`],
    ['(a|aa)+', `${'a'.repeat(5_000)}b`],
    ['(.*)*x', 'y'.repeat(20_000)],
    ['(\\w+\\s?)*;', 'word '.repeat(5_000)],
    ['a*a*a*a*a*a*b', 'a'.repeat(20_000)],
    ['([a-z]+[0-9]*)+!', 'abc123'.repeat(2_000)],
    ['((a{1,100}){1,100}){1,100}', `${'a'.repeat(3_000)}b`],
    ['.{1,100000}', '\n'.repeat(200_000)],
    ['(a?){50}a{50}', 'a'.repeat(49)],
  ];
  for (const [pattern, text] of catastrophes) {
    it(`ends soon for ${pattern} on ${text.length} characters that do not match`, () => {
      const start = performance.now();
      assert.notEqual(createMatcher(expressionOf(pattern))(text), true);
      assert.ok(performance.now() - start < 1_000, `${performance.now() - start} ms`);
    });
  }

  it('gives no answer but the reason where it would take too long', () => {
    const long = createMatcher(expressionOf('(a+)+b'))(`${'a'.repeat(2_500_000)}b`);
    assert.match(String(long), /is too long for its pattern: matching takes more than 10000000 steps/);
    const large = createMatcher(expressionOf('((a{1,100}){1,100}){1,100}'))('a'.repeat(50));
    assert.match(String(large), /its pattern has more than 20000 states/);
  });

  it('gives the same answer by the automaton as by the expression', () => {
    const patterns = [
      'a|bc',
      '',
      '(ab|c)*d?',
      'a{2,3}',
      '(a|ab)(c|bcd)',
      '[a-c-[b]]+',
      '(a*)*b',
      'x{0}a',
      '(a{2}){2,}',
      '\\p{Lu}.',
    ];
    const texts = [
      '',
      'a',
      'b',
      'bc',
      'ab',
      'abc',
      'abcd',
      'aa',
      'aaa',
      'aaaa',
      'cabd',
      'acca',
      'ccb',
      'Éa',
      'aaab',
      '\u{1F600}',
    ];
    for (const pattern of patterns) {
      const { tree, source, flags } = expressionOf(pattern);
      const [automaton, expression] = [new PatternAutomaton(tree), new RegExp(source, flags)];
      for (const text of texts)
        assert.equal(automaton.matches(text), expression.test(text), `${pattern} on "${text}"`);
    }
  });

  it('finds what matches a pattern with nested repetition', () => {
    const matches = createMatcher(expressionOf('([A-Z]+ ?)+[0-9]{1,3}'));
    assert.deepEqual(['AB CD 12', 'A1', 'A 1234', '1'].map(matches), [true, true, false, false]);
  });
});

function expressionOf(pattern: string): PatternExpression {
  const translated = translatePattern(pattern);
  assert.ok('tree' in translated);
  return translated;
}
