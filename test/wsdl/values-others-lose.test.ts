import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '../../cli/doctor/canonical.ts';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import { compileCodec, ValueError, type JsonValue, type MessageCodec } from '../../wsdl/index.ts';
import { startBank, type Bank } from '../facade/bank.ts';
import { contractOf } from './link/wsdl-text.ts';
import { judgeOf, type SchemaJudge } from './property/libxml2-schema.ts';

const element = (name: string, type: string, more = 'minOccurs="0"'): string =>
  `<xs:element name="${name}" type="${type}" ${more}/>`;

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:lost" targetNamespace="urn:lost" elementFormDefault="qualified">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  <xs:notation name="gif" public="image/gif"/>
  <xs:simpleType name="Picture"><xs:restriction base="xs:NOTATION"><xs:enumeration value="t:gif"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Text"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/>
    <xs:attribute name="note" type="xs:string"/><xs:attribute name="unit" type="xs:string" default="kg"/><xs:attribute name="v" type="xs:string" fixed="1"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="Run"><xs:complexType><xs:sequence>
    ${element('dec', 'xs:decimal')}${element('long', 'xs:long')}${element('int', 'xs:integer')}${element('dbl', 'xs:double', 'minOccurs="0" maxOccurs="unbounded"')}
    ${element('date', 'xs:date')}${element('at', 'xs:dateTime')}${element('time', 'xs:time')}${element('year', 'xs:gYear')}${element('md', 'xs:gMonthDay')}
    ${element('gd', 'xs:gDay')}${element('gm', 'xs:gMonth')}${element('ym', 'xs:gYearMonth')}${element('span', 'xs:duration')}
    ${element('txt', 'xs:string', 'minOccurs="0" nillable="true"')}${element('many', 'xs:string', 'minOccurs="0" maxOccurs="unbounded" nillable="true"')}
    ${element('tok', 'xs:token')}${element('b64', 'xs:base64Binary')}${element('hex', 'xs:hexBinary')}${element('uri', 'xs:anyURI')}
    ${element('qn', 'xs:QName')}${element('pic', 't:Picture')}${element('id', 'xs:ID')}${element('ref', 'xs:IDREF')}${element('toks', 'xs:NMTOKENS')}
    ${element('rich', 't:Text')}${element('def', 'xs:string', 'minOccurs="0" default="d"')}${element('fix', 'xs:decimal', 'minOccurs="0" fixed="1.0"')}
    <xs:choice minOccurs="0"><xs:element name="iban" type="xs:string"/><xs:element name="card" type="xs:string"/></xs:choice>
    <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice>
  </xs:sequence></xs:complexType></xs:element></xs:schema>`;

const WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:lost" targetNamespace="urn:lost">
  <types>${SCHEMA.replace(' schemaLocation="xml.xsd"', '')}</types>
  <message name="Run"><part name="run" element="t:Run"/></message>
  <portType name="P"><operation name="Run"><input message="t:Run"/><output message="t:Run"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Run"><soap:operation soapAction="urn:run"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
  <service name="S"><port name="Port" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service></definitions>`;

const XML_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/>
  <xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName"><xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute></xs:schema>`;

type Members = Readonly<Record<string, JsonValue>>;

/** What goes in and must come out the same; where two members are given, the second is what must come out. */
const KEPT: Readonly<Record<string, readonly [into: Members, out?: Members]>> = {
  'a decimal with nineteen digits': [{ dec: '12345678901234567.89' }],
  'a whole number beyond 2^53': [{ long: '9007199254740993' }],
  'a whole number beyond 64 bits': [{ int: '-123456789012345678901234567890' }],
  'zeros behind the point': [{ dec: '33.00' }],
  'zeros in front': [{ int: '000123' }],
  'a negative zero of decimals': [{ dec: '-0' }],
  'a plus sign': [{ int: '+5' }],
  'a decimal without digits on one side': [{ dec: '.5' }],
  'numbers with an exponent': [{ dbl: [100_000, 1e21, 5e-324, -1.5e300] }],
  'a double with an exponent as others spell it': [{ dbl: [1e5] }],
  'infinity, minus infinity and not a number': [{ dbl: ['INF', '-INF', 'NaN'] }],
  'a date with a zone': [{ date: '2026-11-21+14:00' }],
  'a date in UTC': [{ date: '2026-11-21Z' }],
  'a leap day': [{ date: '2024-02-29' }],
  'midnight as 24:00:00': [{ at: '2026-11-21T24:00:00', time: '24:00:00' }],
  'seconds with zeros behind the point': [{ at: '2026-11-21T09:30:00.000-05:00' }],
  'a year before Christ': [{ year: '-0001' }],
  'a year of five digits': [{ year: '10000', date: '10000-01-01' }],
  'days and months without a year': [{ md: '--02-29', gd: '---31', gm: '--12', ym: '2026-11Z' }],
  'a duration as it was written': [{ span: 'P0Y13M0DT36H0.50S' }],
  'a negative duration': [{ span: '-P1Y' }],
  'nil among the items of an array': [{ many: ['a', null, '', null] }],
  'nil, where it could be absent': [{ txt: null }],
  'an empty string, where it could be absent': [{ txt: '' }],
  absence: [{}],
  'a list of one': [{ many: ['a'], toks: ['a'] }],
  'the order of a repeating choice': [{ '@choice': [{ b: 1 }, { a: 2 }, { b: 3 }] }],
  'characters beyond the first plane': [{ txt: '😀 𝔘 🇦🇹' }],
  'CR, LF and both': [{ txt: 'a\r\nb\rc\n' }],
  'the line ends of Unicode': [{ txt: '\u0085\u2028\u2029' }],
  'the end of a CDATA section': [{ txt: ']]> <![CDATA[ ]]&gt; <!-- -->' }],
  'blanks at either end': [{ txt: '  a\t ' }],
  'nothing but blanks': [{ txt: ' \n ' }],
  'tabs, line ends, quotes and blanks in attributes': [{ rich: { value: 'x', note: ' \ta\nb\r\n"\'<&> ' } }],
  'a language and what it says of white space': [
    { rich: { value: '  x ', lang: 'de-AT', space: 'preserve' } },
  ],
  'an attribute with a default, and one that is fixed': [{ rich: { value: '', unit: 'lb', v: '1' } }],
  'an element that has its default': [{ def: 'd' }],
  'a fixed value in other words': [{ fix: '1.00' }],
  'all octets': [{ b64: Buffer.from(Array.from({ length: 256 }, (_, octet) => octet)).toString('base64') }],
  'no octets': [{ b64: '', hex: '' }],
  'octets in hexadecimal': [{ hex: 'q83v' }],
  'qualified names of any namespace': [{ qn: '{urn:other?a=1&b=2}x' }],
  'a qualified name without namespace': [{ qn: 'x' }],
  'a notation': [{ pic: '{urn:lost}gif' }],
  'an ID and a reference to it': [{ id: 'a.1', ref: 'a.1' }],
  'a URI with a blank and other letters': [{ uri: 'http://example.com/a b/ä?x=%20#y' }],
  'a token, without what it may not have': [{ tok: '  a   b ' }, { tok: 'a b' }],
};

/** The member that must be complained of. */
const REFUSED: Readonly<Record<string, readonly [Members, string]>> = {
  'both members of a choice': [{ iban: 'x', card: 'y' }, ''],
  'an exponent in a decimal': [{ dec: '1E5' }, '/dec'],
  'a decimal that JSON has rounded': [{ dec: 12345678901234567.89 }, '/dec'],
  'the year 0000': [{ year: '0000' }, '/year'],
  'a year with a zero in front of five digits': [{ year: '010000' }, '/year'],
  'the thirtieth of February': [{ md: '--02-30' }, '/md'],
  '24:00:01': [{ time: '24:00:01' }, '/time'],
  'an empty duration': [{ span: 'PT' }, '/span'],
  'half of a surrogate pair': [{ txt: 'a\ud83d' }, '/txt'],
  'a character that XML has not': [{ txt: '\u0000' }, '/txt'],
  'a notation that is not declared': [{ pic: '{urn:lost}png' }, '/pic'],
  'an empty element that means its default': [{ def: '' }, '/def'],
  'another value than the fixed one': [{ fix: '2' }, '/fix'],
};

const always: Members = { dbl: [], many: [] };

describe('values that others lose', function () {
  this.timeout(30_000);
  let codec: MessageCodec;
  let judge: SchemaJudge;

  before(async () => {
    codec = compileCodec(await contractOf(WSDL), { operation: 'Run' }).input;
    judge = judgeOf({ 'lost.xsd': SCHEMA, 'xml.xsd': XML_SCHEMA });
  });

  after(() => {
    judge.dispose();
  });

  for (const [title, [into, out = into]] of Object.entries(KEPT)) {
    it(`keep ${title}`, () => {
      const first = codec.encode(into);
      assert.equal(judge.reasonAgainst(first), '');
      for (const generalOnly of [false, true]) {
        const decoded = decode(codec, first, generalOnly);
        assert.deepEqual(decoded, { ...always, ...out });
        assert.equal(canonical(codec.encode(decoded)), canonical(first));
      }
    });
  }

  for (const [title, [value, pointer]] of Object.entries(REFUSED)) {
    it(`do not include ${title}, which is refused`, () => {
      assert.throws(
        () => codec.encode(value),
        (error) =>
          error instanceof ValueError && error.faults.some((fault) => fault.pointer.startsWith(pointer)),
      );
    });
  }

  it('keep ten megabytes of octets', () => {
    const b64 = Buffer.alloc(10_000_000, 'Portico').toString('base64');
    const decoded = decode(codec, codec.encode({ b64 }), false);
    assert.ok((decoded as { b64: string }).b64 === b64);
  });

  it('keep the case of what is not theirs: hexadecimal digits mean the same in either', () => {
    const [upper, lower] = ['ABCDEF', 'abcdef'].map((hex) => {
      const xml = Buffer.from(codec.encode({ hex: 'q83v' })).toString();
      return decode(codec, Buffer.from(xml.replace('ABCDEF', hex)), false);
    });
    assert.deepEqual(upper, { ...always, hex: 'q83v' });
    assert.deepEqual(lower, upper);
  });

  it('read numbers as others write them', () => {
    const xml = Buffer.from(codec.encode({ dbl: [1] })).toString();
    for (const [text, number] of [
      ['1E5', 100_000],
      ['+5', 5],
      ['-0', -0],
      [' 1.50e-1 ', 0.15],
    ] as const) {
      const [, name = ''] = /<([^>]*dbl)>1</.exec(xml)!;
      const decoded = decode(codec, Buffer.from(xml.replace(`<${name}>1<`, `<${name}>${text}<`)), false);
      assert.deepEqual((decoded as { dbl: JsonValue }).dbl, [number]);
    }
  });
});

describe('values that others lose, through the facade and a mock that gives them back', function () {
  this.timeout(30_000);
  let bank: Bank;
  let mock: MockServer;

  before(async () => {
    mock = await createMockServer({
      wsdl: await contractOf(WSDL),
      handlers: { Run: ({ input }) => ({ output: input }) },
    });
    bank = await startBank({
      prepare(folder) {
        writeFileSync(join(folder, 'lost.wsdl'), WSDL);
      },
      services: `lost:\n    wsdl: lost.wsdl\n    endpoint: ${mock.endpointOf('S', 'Port')}\n    routes:\n      - { operation: Run, method: POST, path: /v1/lost }`,
    });
  });

  after(async () => {
    await bank.close();
    await mock.close();
  });

  it('keep them all', async () => {
    for (const [title, [into, out = into]] of Object.entries(KEPT)) {
      const response = await bank.call('/v1/lost', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(into),
      });
      const body = await response.text();
      assert.equal(response.status, 200, `${title}: ${body}`);
      assert.deepEqual(JSON.parse(body), { ...always, ...out }, title);
    }
  });
});

function decode(codec: MessageCodec, xml: Uint8Array, generalOnly: boolean): JsonValue {
  const decoded = codec.decode(xml, { generalOnly });
  assert.ok(decoded.kind === 'message');
  return JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue;
}
