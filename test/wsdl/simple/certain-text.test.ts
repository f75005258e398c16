import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SimpleType } from '../../../wsdl/index.ts';
import { atomicCodec } from '../../../wsdl/codec/simple/atomic-codec.ts';

const ALPHABETS: Readonly<Record<string, string>> = {
  decimal: '0123456789.-+ ',
  date: '0123456789-Z+:',
  dateTime: '0123456789-TZ:.',
  token: 'ab &<"]é 09\u0001',
  string: "ab &<'> \n09😀",
};

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  decimal: ['123.45', '-0.500', '00012', '.5', '5.', '1234567890123456789'],
  date: ['2026-11-21', '2026-02-30', '0000-01-01', '2026-13-01', '2026-11-21Z'],
  dateTime: ['2026-11-21T09:30:00Z', '2026-11-21T24:00:00', '2026-11-21T09:60:00', '2026-11-31T00:00:00'],
  token: ['a b', ' a', 'a  b', 'EUR', ''],
  string: ['a b', ' a ', 'EUR', ''],
};

const FACETS: readonly Partial<SimpleType['facets']>[] = [
  {},
  { totalDigits: 5, fractionDigits: 2, minLength: 2, maxLength: 4 },
  { enumeration: ['EUR', 'a b', ' a', 'a&b', '123.45', '2026-11-21'] },
  { patterns: [['[a-b0-9]{1,3}']] },
];

function typeOf(builtin: string, facets: Partial<SimpleType['facets']>): SimpleType {
  const whiteSpace = builtin === 'string' ? 'preserve' : 'collapse';
  return {
    kind: 'simple',
    key: '{}T',
    name: 'T',
    variety: { kind: 'atomic', builtin },
    facets: { whiteSpace, ...facets },
  };
}

describe('a text that is certain', () => {
  for (const builtin of Object.keys(ALPHABETS)) {
    it(`is its own lexical form and valid: ${builtin}`, () => {
      const characters = Array.from(ALPHABETS[builtin]!);
      const codecs = FACETS.map((facets) => atomicCodec(typeOf(builtin, facets), builtin, 'string'));
      const random = fc.string({ unit: fc.constantFrom(...characters), maxLength: 22 });
      const changed = fc
        .tuple(
          fc.constantFrom(...EXAMPLES[builtin]!),
          fc.nat({ max: 20 }),
          fc.constantFrom(...characters, ''),
        )
        .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1));
      let certain = 0;
      const property = fc.property(
        fc.oneof(random, changed, fc.constantFrom(...EXAMPLES[builtin]!)),
        (text) => {
          for (const codec of codecs) {
            if (codec.isCertain?.(text) !== true) continue;
            certain += 1;
            assert.equal(
              codec.toXml(text, () => ''),
              text,
            );
            assert.doesNotMatch(text, /[&<>"]/);
          }
        },
      );
      fc.assert(property, { numRuns: 2_000 });
      assert.ok(certain > 50);
    });
  }
});
