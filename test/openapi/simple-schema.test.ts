import assert from 'node:assert/strict';
import type { Contract, JsonValue, SimpleType } from '../../wsdl/index.ts';
import { keyOf, simpleType } from './contract-builder.ts';
import { bothDirections } from './message-schema.ts';

interface Example {
  readonly what: string;
  readonly type: string | SimpleType;
  readonly types?: readonly SimpleType[];
  readonly good: readonly JsonValue[];
  readonly bad: readonly JsonValue[];
  readonly numbers?: Contract['numbers'];
}

const examples: readonly Example[] = [
  { what: 'strings', type: 'xs:string', good: ['', ' a '], bad: [1, null] },
  { what: 'booleans', type: 'xs:boolean', good: [true, false], bad: ['true', 1] },
  { what: 'int within its bounds', type: 'xs:int', good: [0, -2147483648], bad: [2147483648, 1.5, '1'] },
  { what: 'unsignedByte within its bounds', type: 'xs:unsignedByte', good: [0, 255], bad: [-1, 256] },
  {
    what: 'double with its special values',
    type: 'xs:double',
    good: [0.5, 'INF', '-INF', 'NaN'],
    bad: ['0.5', 'inf', '+INF'],
  },
  {
    what: 'decimal as string',
    type: 'xs:decimal',
    good: ['33.00', '-.5', '5.', '+1'],
    bad: [33, '', '.', '1e3', '1,0'],
  },
  { what: 'long as string', type: 'xs:long', good: ['9007199254740993', '-1'], bad: [1, '1.0', ''] },
  { what: 'positiveInteger as string', type: 'xs:positiveInteger', good: ['1', '+010'], bad: ['0', '-1'] },
  {
    what: 'nonNegativeInteger as string',
    type: 'xs:nonNegativeInteger',
    good: ['0', '-0', '7'],
    bad: ['-1'],
  },
  { what: 'decimal as number on demand', type: 'xs:decimal', numbers: 'number', good: [33.5], bad: ['33.5'] },
  {
    what: 'integer as number on demand',
    type: 'xs:positiveInteger',
    numbers: 'number',
    good: [1],
    bad: [0, 1.5],
  },
  {
    what: 'dates with and without zone',
    type: 'xs:date',
    good: ['2026-11-21', '2026-11-21+01:00', '-0044-03-15', '12026-01-01Z'],
    bad: ['2026-13-01', '21.11.2026', '2026-11-21T00:00:00', '02026-01-01'],
  },
  {
    what: 'dateTime with and without zone',
    type: 'xs:dateTime',
    good: ['2026-11-21T24:00:00', '2026-11-21T09:30:00.123Z', '2026-11-21T09:30:00-14:00'],
    bad: ['2026-11-21', '2026-11-21T24:00:01', '2026-11-21 09:30:00', '2026-11-21T09:30:00+14:01'],
  },
  {
    what: 'durations',
    type: 'xs:duration',
    good: ['P1Y6M', '-PT0.5S', 'P1DT1H'],
    bad: ['P', 'PT', 'P1S', '1D'],
  },
  { what: 'gYearMonth', type: 'xs:gYearMonth', good: ['2026-11'], bad: ['2026', '2026-13'] },
  { what: 'base64', type: 'xs:base64Binary', good: ['AQID', '/wA=', ''], bad: ['AQI', 'AQJ=', '!'] },
  { what: 'hexBinary as base64', type: 'xs:hexBinary', good: ['/wA='], bad: ['FF0'] },
  { what: 'language tags', type: 'xs:language', good: ['en-GB'], bad: ['en_GB', ''] },
  { what: 'names', type: 'xs:NCName', good: ['a-1', 'Ünal'], bad: ['a:b', '1a', ''] },
  { what: 'built-in lists', type: 'xs:NMTOKENS', good: [['a', 'b']], bad: ['a b', []] },
  {
    what: 'lengths in characters',
    type: simpleType('T', 'string', { minLength: 1, maxLength: 2 }),
    good: ['a', '\u{1F600}\u{1F600}'],
    bad: ['', 'abc'],
  },
  {
    what: 'no lengths of binary values',
    type: simpleType('T', 'base64Binary', { length: 3 }),
    good: ['AQID'],
    bad: [],
  },
  {
    what: 'enumerations',
    type: simpleType('T', 'token', { enumeration: ['EUR', 'GBP'] }),
    good: ['EUR'],
    bad: ['eur', 1],
  },
  {
    what: 'enumerations of numbers',
    type: simpleType('T', 'int', { enumeration: ['1', '2'] }),
    good: [1],
    bad: ['1', 3],
  },
  {
    what: 'bounds of numbers',
    type: simpleType('T', 'double', { minInclusive: '0', maxExclusive: '1' }),
    good: [0, 0.5],
    bad: [1, -1, 'INF', '-INF', 'NaN'],
  },
  {
    what: 'the tighter of inclusive and exclusive bounds',
    type: simpleType('T', 'int', {
      minInclusive: '-2147483648',
      minExclusive: '0',
      maxInclusive: '9',
      maxExclusive: '99',
    }),
    good: [1, 9],
    bad: [0, 10],
  },
  {
    what: 'infinity within a bound',
    type: simpleType('T', 'double', { minInclusive: '0' }),
    good: ['INF', 7],
    bad: ['-INF', 'NaN'],
  },
  {
    what: 'digits of integers',
    type: simpleType('T', 'int', { totalDigits: 2 }),
    good: [99, -99],
    bad: [100],
  },
  {
    what: 'fraction digits of the value',
    type: simpleType('T', 'decimal', { fractionDigits: 2 }),
    good: ['1.25', '1.2500', '1', '.5', '5.'],
    bad: ['1.255', '.'],
  },
  {
    what: 'whole decimals',
    type: simpleType('T', 'decimal', { fractionDigits: 0 }),
    good: ['1', '1.00', '.0'],
    bad: ['1.5', '.5'],
  },
  {
    what: 'patterns',
    type: simpleType('T', 'string', { patterns: [['[A-Z]{2}\\d+']] }),
    good: ['DE12'],
    bad: ['xDE12', 'DE', 'DE12 '],
  },
  {
    what: 'patterns of several steps: each must hold, any of one step will do',
    type: simpleType('T', 'string', { patterns: [['a+', 'b+'], ['.{2}']] }),
    good: ['aa', 'bb'],
    bad: ['ab', 'a', 'cc'],
  },
  {
    what: 'patterns of dates',
    type: simpleType('T', 'date', { patterns: [['2026-.*']] }),
    good: ['2026-11-21'],
    bad: ['2025-11-21', '2026-x'],
  },
  {
    what: 'patterns with character class subtraction',
    type: simpleType('T', 'string', { patterns: [['[a-z-[aeiou]]+']] }),
    good: ['xyz'],
    bad: ['xay'],
  },
  {
    what: 'lists',
    type: simpleType('T', { kind: 'list', itemType: keyOf('xs:int') }, { maxLength: 2 }),
    good: [[], [1, 2]],
    bad: [[1, 2, 3], ['1'], '1 2'],
  },
  {
    what: 'unions',
    type: simpleType('T', { kind: 'union', memberTypes: [keyOf('xs:int'), keyOf('Size')] }),
    types: [simpleType('Size', 'token', { enumeration: ['small', 'large'] })],
    good: [1, 'large'],
    bad: ['medium', '1', true],
  },
  {
    what: 'enumerations of unions',
    type: simpleType(
      'T',
      { kind: 'union', memberTypes: [keyOf('xs:int'), keyOf('xs:token')] },
      { enumeration: ['1', 'many'] },
    ),
    good: [1, 'many'],
    bad: [2, '1', 'few'],
  },
];

describe('the JSON Schema of simple types', () => {
  for (const { what, type, types = [], good, bad, numbers = 'string' } of examples) {
    it(`takes ${what}`, () => {
      const own = typeof type === 'string' ? [] : [type];
      const { input, output } = bothDirections(typeof type === 'string' ? type : 'T', [...own, ...types], {
        numbers,
      });
      for (const value of good) {
        assert.deepEqual(input(value), [], `input ${JSON.stringify(value)}`);
        assert.deepEqual(output(value), [], `output ${JSON.stringify(value)}`);
      }
      for (const value of bad) assert.notDeepEqual(input(value), [], `input ${JSON.stringify(value)}`);
    });
  }
});
