import assert from 'node:assert/strict';

import type { JsonValue } from '../../../wsdl/index.ts';
import { survivesAsDouble } from '../../../wsdl/index.ts';
import { builtin, toJson, toXml } from './simple-codecs.ts';

/** Type, text in XML, its JSON, and the text that the JSON gives if it is not the same. */
type Row = readonly [type: string, xml: string, json: JsonValue, back?: string];

const MAPPING: readonly Row[] = [
  ['string', ' a  b\n', ' a  b\n'],
  ['string', '', ''],
  ['string', '"\\ é 😀 \u2028', '"\\ é 😀 \u2028'],
  ['anySimpleType', ' x ', ' x '],
  ['normalizedString', 'a\tb\nc', 'a b c', 'a b c'],
  ['token', ' a \n b ', 'a b', 'a b'],
  ['anyURI', 'http://x/ä b?{c}', 'http://x/ä b?{c}'],
  ['language', 'en-GB', 'en-GB'],
  ['NMTOKEN', '1:a-b.c', '1:a-b.c'],
  ['Name', 'a:b', 'a:b'],
  ['NCName', 'élan_1', 'élan_1'],
  ['ID', 'a1', 'a1'],
  ['IDREF', 'a1', 'a1'],
  ['ENTITY', 'a1', 'a1'],
  ['boolean', 'true', true],
  ['boolean', '1', true, 'true'],
  ['boolean', ' 0 ', false, 'false'],
  ['decimal', '33.00', '33.00'],
  ['decimal', '12345678901234567.89', '12345678901234567.89'],
  ['decimal', '+.50', '+.50'],
  ['decimal', '-5.', '-5.'],
  ['integer', '000123', '000123'],
  ['integer', '-0', '-0'],
  ['nonNegativeInteger', '-0', '-0'],
  ['nonPositiveInteger', '0', '0'],
  ['negativeInteger', '-1', '-1'],
  ['positiveInteger', '123456789012345678901234567890', '123456789012345678901234567890'],
  ['long', '9007199254740993', '9007199254740993'],
  ['long', '-9223372036854775808', '-9223372036854775808'],
  ['unsignedLong', '18446744073709551615', '18446744073709551615'],
  ['int', '-2147483648', -2147483648],
  ['int', '+007', 7, '7'],
  ['int', '-0', 0, '0'],
  ['short', '32767', 32767],
  ['byte', '-128', -128],
  ['unsignedInt', '4294967295', 4294967295],
  ['unsignedShort', '65535', 65535],
  ['unsignedByte', '255', 255],
  ['double', '0.1', 0.1],
  ['double', '1E+3', 1000, '1000'],
  ['double', '.5', 0.5, '0.5'],
  ['double', '+01.', 1, '1'],
  ['double', '-0', -0],
  ['double', 'INF', 'INF'],
  ['double', '-INF', '-INF'],
  ['float', 'NaN', 'NaN'],
  ['double', '1e999', 'INF', 'INF'],
  ['double', '5e-324', 5e-324],
  ['date', '2024-02-29', '2024-02-29'],
  ['date', '2026-11-21+01:00', '2026-11-21+01:00'],
  ['date', '12026-01-01Z', '12026-01-01Z'],
  ['date', '-0045-03-15', '-0045-03-15'],
  ['dateTime', '2026-11-21T24:00:00', '2026-11-21T24:00:00'],
  ['dateTime', '2026-11-21T09:30:00.123456789012Z', '2026-11-21T09:30:00.123456789012Z'],
  ['dateTime', '2026-11-21T09:30:00-14:00', '2026-11-21T09:30:00-14:00'],
  ['time', '24:00:00.0', '24:00:00.0'],
  ['time', '09:30:00Z', '09:30:00Z'],
  ['gYear', '2026', '2026'],
  ['gYearMonth', '2026-11', '2026-11'],
  ['gMonth', '--11', '--11'],
  ['gMonthDay', '--02-29', '--02-29'],
  ['gDay', '---31', '---31'],
  ['duration', '-P1Y2M3DT4H5M6.7S', '-P1Y2M3DT4H5M6.7S'],
  ['duration', 'PT0S', 'PT0S'],
  ['base64Binary', ' AQ\nID ', 'AQID', 'AQID'],
  ['base64Binary', '', ''],
  ['hexBinary', 'ff00', '/wA=', 'FF00'],
  ['QName', 't:current', '{urn:example}current'],
  ['QName', 'current', 'current'],
  ['NOTATION', 'd:gif', '{urn:other}gif'],
  ['NMTOKENS', ' a  b ', ['a', 'b'], 'a b'],
  ['IDREFS', 'a', ['a']],
  ['ENTITIES', 'a b', ['a', 'b']],
];

const NOT_IN_XML: Readonly<Record<string, readonly string[]>> = {
  boolean: ['TRUE', 'yes', ''],
  decimal: ['', '.', '1e3', '1,5', 'INF', '1 2', '--1', '٣'],
  integer: ['1.0', '1.', '', '0x1'],
  long: ['9223372036854775808', '-9223372036854775809'],
  unsignedLong: ['-1', '18446744073709551616'],
  positiveInteger: ['0'],
  negativeInteger: ['0'],
  int: ['2147483648', '1.0', ''],
  unsignedByte: ['256', '-1'],
  double: ['inf', '+INF', 'Infinity', '1e', '', '0x1'],
  date: [
    '2023-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-04-31',
    '26-01-01',
    '0000-01-01',
    '02026-01-01',
    '2026-01-01+14:01',
    '2026-01-01 x',
  ],
  dateTime: [
    '2026-11-21',
    '2026-11-21T24:00:01',
    '2026-11-21T23:60:00',
    '2026-11-21T09:30',
    '2026-11-21T09:30:00.',
    '2026-11-21T25:00:00',
  ],
  time: ['9:30:00', '24:00:00.1', '09:30:60'],
  gMonth: ['--13', '11', '--11--'],
  gMonthDay: ['--02-30', '--04-31'],
  gDay: ['---32', '---00'],
  gYear: ['0000', '26'],
  duration: ['P', 'PT', 'P1YT', '1Y', 'P1.5Y', 'P-1Y', 'PT1.S', 'P1M1Y'],
  base64Binary: ['AQI', 'AQ=D', 'AQJ=', 'A===', '====', 'AQ_-'],
  hexBinary: ['F', 'fg', 'F F'],
  language: ['', 'en_GB', 'toolonglanguage'],
  NCName: ['a:b', '1a', '', 'a b'],
  NMTOKEN: ['a b', '', 'a/b'],
  Name: ['1a', '-a'],
  QName: [':a', 'a:', 'u:a', 'a:b:c', ''],
  NMTOKENS: ['', '  '],
};

describe('a built-in simple type', () => {
  for (const [type, xml, json, back = xml] of MAPPING) {
    it(`reads ${type} ${JSON.stringify(xml)} as ${JSON.stringify(json)} and writes it back`, () => {
      assert.deepEqual(JSON.parse(toJson(builtin(type), xml)), json);
      assert.equal(toXml(builtin(type), json), back);
    });
  }

  for (const [type, texts] of Object.entries(NOT_IN_XML)) {
    it(`refuses what is no ${type}`, () => {
      for (const text of texts) assert.match(toJson(builtin(type), text), /^!(lexical|range|length)$/, text);
    });
  }

  it('gives no number that JSON cannot bring back: of more digits than a double has, those that tell it from others', () => {
    const rows = {
      '4.9E-324': '4.9e-324',
      '1E-400': '0',
      '-1E-400': '-0',
      '0.1234567890123456789': '0.12345678901234568',
      '12345678901234567.89': '12345678901234568',
      '1.7976931348623157E308': '1.7976931348623157e308',
    };
    for (const [xml, json] of Object.entries(rows)) {
      assert.equal(toJson(builtin('double'), xml).toLowerCase(), json);
      assert.ok(survivesAsDouble(json), json);
    }
  });

  it('gives JSON numbers the digits that the XML has', () => {
    assert.equal(toJson(builtin('double'), '1.50'), '1.50');
    assert.equal(toJson(builtin('double'), '+.50E5'), '0.50e5');
    assert.equal(toJson(builtin('float'), '-007'), '-7');
  });

  it('refuses dates and durations so long that reading them would cost too much', () => {
    assert.equal(toJson(builtin('gYear'), '9'.repeat(100_000)), '!lexical');
    assert.equal(toJson(builtin('duration'), `P${'9'.repeat(100_000)}Y`), '!lexical');
  });
});

describe('a JSON value for a built-in type', () => {
  const refused: readonly (readonly [string, JsonValue, string])[] = [
    ['decimal', 33, '!type'],
    ['long', 1, '!type'],
    ['decimal', true, '!type'],
    ['decimal', null, '!type'],
    ['decimal', '33,00', '!lexical'],
    ['int', '5', '!type'],
    ['int', 1.5, '!type'],
    ['int', 2147483648, '!range'],
    ['int', 1e21, '!range'],
    ['byte', -129, '!range'],
    ['boolean', 'true', '!type'],
    ['boolean', 1, '!type'],
    ['double', '1', '!type'],
    ['double', Infinity, '!range'],
    ['string', 5, '!type'],
    ['string', null, '!type'],
    ['string', {}, '!type'],
    ['string', 'a\u0000b', '!xml-character'],
    ['string', 'a\ud800b', '!xml-character'],
    ['string', '\uffff', '!xml-character'],
    ['date', '2026-02-30', '!lexical'],
    ['date', 20260101, '!type'],
    ['base64Binary', 'not base64!', '!lexical'],
    ['hexBinary', 'FF0', '!lexical'],
    ['QName', '{urn:x}', '!lexical'],
    ['QName', 't:current', '!lexical'],
    ['QName', '{http://www.w3.org/2000/xmlns/}x', '!lexical'],
    ['QName', '{urn:\u0001}x', '!lexical'],
    ['NMTOKENS', 'a b', '!type'],
    ['NMTOKENS', [], '!length'],
    ['NMTOKENS', ['a', 'b c'], '!lexical at 1'],
    ['NMTOKENS', ['a', 5], '!type at 1'],
  ];
  for (const [type, value, fault] of refused) {
    it(`is refused with ${fault.slice(1)} where ${type} is given ${JSON.stringify(value)}`, () => {
      assert.equal(toXml(builtin(type), value), fault);
    });
  }

  it('is written in its normalised form, so that what comes back is written the same', () => {
    assert.equal(toXml(builtin('decimal'), ' 33.00\n'), '33.00');
    assert.equal(toXml(builtin('string'), '\r\n a '), '\r\n a ');
  });
});

describe('numbers: number', () => {
  it('gives JSON numbers with all their digits', () => {
    const rows = {
      '33.00': '33.00',
      '+007.10': '7.10',
      '.5': '0.5',
      '5.': '5',
      '-0': '-0',
      '12345678901234567.89': '12345678901234567.89',
    };
    for (const [xml, json] of Object.entries(rows))
      assert.equal(toJson(builtin('decimal'), xml, 'number'), json);
    assert.equal(toJson(builtin('long'), '9007199254740993', 'number'), '9007199254740993');
  });

  it('takes numbers and strings', () => {
    assert.equal(toXml(builtin('decimal'), 33.5, 'number'), '33.5');
    assert.equal(toXml(builtin('decimal'), '33.00', 'number'), '33.00');
    assert.equal(toXml(builtin('decimal'), 1e-7, 'number'), '0.0000001');
    assert.equal(toXml(builtin('decimal'), -1.5e-9, 'number'), '-0.0000000015');
    assert.equal(toXml(builtin('integer'), 9007199254740991, 'number'), '9007199254740991');
  });

  it('refuses numbers that may have lost digits', () => {
    assert.equal(toXml(builtin('long'), Number('9007199254740993'), 'number'), '!digits');
    assert.equal(toXml(builtin('decimal'), Number('0.1234567890123456789'), 'number'), '!digits');
    assert.equal(toXml(builtin('integer'), 1.5, 'number'), '!lexical');
    assert.equal(toXml(builtin('decimal'), 1e21, 'number'), '!digits');
  });
});
