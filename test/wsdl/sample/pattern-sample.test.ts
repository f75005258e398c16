import assert from 'node:assert/strict';
import { patternSamples, stretchedSample } from '../../../wsdl/sample/pattern-sample.ts';
import { createRandom } from '../../../wsdl/sample/random.ts';

/** XSD pattern, and the same language as a JavaScript expression to judge by. */
const patterns: readonly (readonly [pattern: string, same: RegExp])[] = [
  ['abc', /^abc$/],
  ['[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}', /^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$/],
  ['\\d{3}-\\d{4}', /^\d{3}-\d{4}$/],
  ['(a|b|cd)+e?', /^(a|b|cd)+e?$/],
  ['[^0-9]{3}', /^[^0-9]{3}$/],
  ['[a-z-[aeiou]]{5}', /^[b-df-hj-np-tv-z]{5}$/],
  ['[\\-+.]x', /^[-+.]x$/],
  ['[+-]?1', /^[+-]?1$/],
  ['\\p{Lu}\\P{L}', /^\p{Lu}\P{L}$/u],
  ['\\p{IsBasicLatin}{4}', /^[\0-\x7f]{4}$/],
  ['\\i\\c*', /^[\p{L}_:][\p{L}\p{Nd}._:-]*$/u],
  ['\\s\\S\\w\\W\\D', /^\s\S[^\p{P}\p{Z}\p{C}][\p{P}\p{Z}\p{C}]\P{Nd}$/u],
  ['.{4}\\.\\*\\\\\\(\\)', /^.{4}\.\*\\\(\)$/],
  ['^x$', /^\^x\$$/],
  ['[äöü]{3}', /^[äöü]{3}$/],
  ['()|a{0}', /^$/],
  ['([0-9]{1,2}|1[0-9]{2}|25[0-5])(\\.([0-9]{1,2})){3}', /^\d{1,3}(\.\d{1,2}){3}$/],
];

describe('samples of patterns', () => {
  for (const [pattern, same] of patterns) {
    it(`${pattern} gives strings that match it`, () => {
      const samples = [...patternSamples(pattern, createRandom(7), 40)];
      assert.equal(samples.length, 40);
      for (const sample of samples) assert.match(sample, same);
    });
  }

  it('are the same for the same seed', () => {
    const samples = (seed: number): string[] => [...patternSamples('[a-z]{8}', createRandom(seed), 5)];
    assert.deepEqual(samples(1), samples(1));
    assert.notDeepEqual(samples(1), samples(2));
  });

  it('can be stretched to a length', () => {
    assert.equal(stretchedSample('A[0-9]*(-[0-9]+)?', createRandom(1), 35)?.length, 35);
    assert.equal(stretchedSample('[A-Z]{2,10}', createRandom(1), 10)?.length, 10);
  });

  for (const broken of ['(', '[a', 'a{x}', '\\', 'a)', '\\p{L', '('.repeat(100_000)]) {
    it(`are none for ${broken.slice(0, 10)}, which is no pattern`, () => {
      assert.deepEqual([...patternSamples(broken, createRandom(1), 5)], []);
    });
  }

  it('of a pattern that stands for a terabyte take no time', () => {
    const [sample] = patternSamples('(((a{10000}){10000}){10000})', createRandom(1), 1);
    assert.ok(sample!.length < 100_000);
    assert.ok(
      [...patternSamples('((((a*)*)*)*)*', createRandom(1), 40)].every(({ length }) => length < 100_000),
    );
  });
});
