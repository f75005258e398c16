import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonValue, SimpleType } from '../../../wsdl/index.ts';
import { atomicCodec } from '../../../wsdl/codec/simple/atomic-codec.ts';
import { LONGEST_CERTAIN } from '../../../wsdl/codec/simple/copy-certain.ts';

const ALPHABETS: Readonly<Record<string, string>> = {
  decimal: '0123456789.-+ ',
  integer: '0123456789.-+ ',
  long: '0123456789.-+ ',
  date: '0123456789-Z+:',
  dateTime: '0123456789-TZ:.',
  token: 'ab &<"]é 09\u0001',
  string: "ab &<'> \n09😀",
};

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  decimal: ['123.45', '-0.500', '00012', '.5', '5.', '-', '', '1234567890123456789'],
  integer: ['12', '-7', '00012', '5.', '5.0', '-', '', '1234567890123456789'],
  long: ['12', '-999999999999999999', '9223372036854775808', '00012', '5.0'],
  date: [
    '2026-11-21',
    '20\u013026-11-21',
    '\u0132026-11-21',
    '2026-02-30',
    '0000-01-01',
    '2026-13-01',
    '2026-11-21Z',
  ],
  dateTime: [
    '2026-11-21T09:30:00Z',
    '2026-11-21T09:30:00.250Z',
    '2026-11-21T09:30:00.',
    '2026-11-21T24:00:00',
    '2026-11-21T09:60:00',
    '2026-11-31T00:00:00',
  ],
  token: ['a b', ' a', 'a  b', 'EUR', '', 'a'.repeat(LONGEST_CERTAIN + 1)],
  string: ['a b', ' a ', 'EUR', '', 'a'.repeat(LONGEST_CERTAIN + 1)],
};

const FACETS: readonly Partial<SimpleType['facets']>[] = [
  {},
  { totalDigits: 5, fractionDigits: 2, minLength: 2, maxLength: 4 },
  { enumeration: ['EUR', 'a b', ' a', 'a&b', '123.45', '2026-11-21'] },
  { patterns: [['[a-b0-9]{1,3}']] },
  { minInclusive: '-3', maxInclusive: '40' },
];

const NUMBERS: Readonly<Record<string, fc.Arbitrary<JsonValue>>> = {
  boolean: fc.oneof(fc.boolean(), fc.constantFrom('true', 1, null)),
  int: smallNumbers(),
  short: smallNumbers(),
  unsignedByte: smallNumbers(),
};

function smallNumbers(): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    fc.integer({ min: -300, max: 300 }),
    fc.integer(),
    fc.double(),
    fc.constantFrom(-0, 0, 9, 10, 99, 100, 255, 256, 32_767, 999_999_999, 1e9, 2 ** 31, '5'),
  );
}

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

function textsOf(builtin: string): fc.Arbitrary<string> {
  const characters = Array.from(ALPHABETS[builtin]!);
  const examples = fc.constantFrom(...EXAMPLES[builtin]!);
  const changed = fc
    .tuple(examples, fc.nat({ max: 20 }), fc.constantFrom(...characters, ''))
    .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1));
  return fc.oneof(fc.string({ unit: fc.constantFrom(...characters), maxLength: 22 }), changed, examples);
}

describe('a value that is certain', () => {
  const values = [
    ...Object.keys(ALPHABETS).map((builtin) => [builtin, textsOf(builtin)] as const),
    ...Object.entries(NUMBERS),
  ];
  for (const [builtin, arbitrary] of values) {
    it(`is copied as the lexical form it has at length: ${builtin}`, () => {
      const codecs = FACETS.flatMap((facets) =>
        (['string', 'number'] as const).map((numbers) =>
          atomicCodec(typeOf(builtin, facets), builtin, numbers),
        ),
      );
      const bytes = Buffer.alloc(LONGEST_CERTAIN + 1);
      let certain = 0;
      const property = fc.property(arbitrary as fc.Arbitrary<JsonValue>, (value) => {
        for (const codec of codecs) {
          const end = codec.copy?.(value, bytes, 1) ?? -1;
          if (end < 0) continue;
          certain += 1;
          const text = bytes.toString('latin1', 1, end);
          assert.equal(
            codec.toXml(value, () => ''),
            text,
          );
          assert.doesNotMatch(text, /[&<>"]/);
        }
      });
      fc.assert(property, { numRuns: 2_000 });
      assert.ok(certain > 50);
    });
  }
});
