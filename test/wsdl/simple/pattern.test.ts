import assert from 'node:assert/strict';

import { translatePattern } from '../../../wsdl/codec/simple/pattern.ts';

/** Pattern, texts that match, texts that do not. */
const ROWS: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ['abc', ['abc'], ['xabc', 'abcx', 'abc\n']],
  ['a|bc', ['a', 'bc'], ['ac', 'abc']],
  ['', [''], ['a']],
  ['^a$', ['^a$'], ['a']],
  ['[A-Z]{2}[0-9]{2}', ['DE02'], ['DE0', 'de02']],
  ['a{2,}b{0,1}c?d*e+', ['aae', 'aabcdee'], ['ae']],
  ['a.c', ['abc', 'a😀c'], ['a\nc', 'a\rc']],
  ['\\d+', ['12', '٣'], ['a']],
  ['\\D', ['a'], ['1']],
  ['\\w+', ['aé1$', 'ม'], ['a b', 'a-b']],
  ['\\W', ['-', ' '], ['a']],
  ['[\\w-]+', ['a-b'], ['a b']],
  ['\\s\\S', [' a'], ['\u00a0a', 'a ']],
  ['\\i\\c*', ['_a-1', 'é:b'], ['1a', '-a']],
  ['[\\i-[:]][\\c-[:]]*', ['a1'], ['a:b']],
  ['[^\\i]', ['1', '-'], ['a']],
  ['[\\I]', ['1'], ['a']],
  ['[\\C]', [' '], ['a', '-']],
  ['[a-z-[aeiou]]+', ['xyz'], ['xaz']],
  ['[a-z-[m-z-[y]]]+', ['aby'], ['m']],
  ['[^a-[\\s]]', ['b'], ['a', ' ']],
  ['[-a]+', ['-a'], ['b']],
  ['[a-]+', ['-a'], ['b']],
  ['[\\w-.]+', ['a-.'], ['/']],
  ['[+\\-]', ['+', '-'], [',']],
  ['[a^]', ['a', '^'], ['b']],
  ['[.$|(){}*?]+', ['.$|(){}*?'], ['a']],
  ['\\.\\\\\\?\\*\\+\\(\\)\\{\\}\\[\\]\\|\\-\\^', ['.\\?*+(){}[]|-^'], ['a']],
  ['\\n\\r\\t', ['\n\r\t'], ['nrt']],
  ['\\p{Lu}\\P{Lu}', ['Aa', 'Éé'], ['aA']],
  ['\\p{IsBasicLatin}+', ['az~'], ['é']],
  ['\\P{IsBasicLatin}', ['é'], ['a']],
  ['[\\p{IsGreek}\\p{Nd}]+', ['α1'], ['a']],
  ['[^\\p{L}]', ['1'], ['a']],
  ['(a(b|c))+', ['abac'], ['a']],
  ['\\$\\/\\@', ['$/@'], ['a']],
  ['😀{2}[😀-😂]', ['😀😀😁'], ['😀😁']],
];

describe('translatePattern', () => {
  for (const [pattern, yes, no] of ROWS) {
    it(`translates ${JSON.stringify(pattern)}`, () => {
      const translated = translatePattern(pattern);
      assert.ok('source' in translated, 'reason' in translated ? translated.reason : '');
      const expression = new RegExp(translated.source, translated.flags);
      for (const text of yes)
        assert.ok(expression.test(text), `${JSON.stringify(text)} matches ${translated.source}`);
      for (const text of no)
        assert.ok(!expression.test(text), `${JSON.stringify(text)} does not match ${translated.source}`);
    });
  }

  for (const pattern of [
    '(',
    ')',
    '(a',
    'a)',
    '[',
    ']',
    '[]',
    '[z-a]',
    '[a-\\d]',
    '*a',
    'a**',
    'a{2,1}',
    '(?:a)',
    '(?=a)',
    '\\b',
    '\\u0041',
    '\\p{IsNowhere}',
    '\\p{Foo}',
    '\\p',
    'a\\',
    '[[a]]',
    '[a-[b]c]',
    '{2}',
  ]) {
    it(`gives a reason for ${JSON.stringify(pattern)} instead of a guess`, () => {
      const translated = translatePattern(pattern);
      assert.ok('reason' in translated, JSON.stringify(translated));
      assert.match(translated.reason, /^it /);
    });
  }

  it('ends on patterns nested without measure', () => {
    assert.ok('reason' in translatePattern('('.repeat(100_000)));
    assert.ok('reason' in translatePattern('[a-'.repeat(100_000)));
  });
});
