import assert from 'node:assert/strict';

import {
  compileCodec,
  compileContract,
  formatDiagnostic,
  type JsonValue,
  type OperationCodec,
} from '../../../wsdl/index.ts';

const SCHEMA = `
  <xs:element name="Run" type="t:All"/>
  <xs:complexType name="All"><xs:sequence>
    <xs:element name="S" type="xs:string" minOccurs="0" nillable="true"/>
    <xs:element name="D" type="xs:decimal" minOccurs="0" maxOccurs="unbounded" nillable="true"/>
    <xs:element name="L" type="xs:long" minOccurs="0"/>
    <xs:element name="I" type="xs:integer" minOccurs="0"/>
    <xs:element name="F" type="xs:double" minOccurs="0"/>
    <xs:element name="T" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="Y" type="xs:date" minOccurs="0"/>
    <xs:element name="H" type="xs:hexBinary" minOccurs="0"/>
    <xs:element name="Q" type="xs:QName" minOccurs="0"/>
    <xs:element name="N" type="xs:NMTOKENS" minOccurs="0"/>
    <xs:element name="M" type="t:Money" minOccurs="0"/>
    <xs:element name="P" type="t:Party" minOccurs="0"/>
    <xs:element name="X" type="xs:anyType" minOccurs="0"/>
    <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>
    <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Party"><xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence></xs:complexType>
  <xs:complexType name="Person"><xs:complexContent><xs:extension base="t:Party"><xs:sequence><xs:element name="Born" type="xs:gYear"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`;

/** Values that other codecs lose, without the members of arrays that are always there. */
const VALUES: Readonly<Record<string, { readonly [member: string]: JsonValue }>> = {
  'a decimal beyond the precision of a double': { d: ['12345678901234567.89'] },
  'trailing zeros': { d: ['33.00'] },
  'nil among the items of an array': { d: [null, '1', null] },
  'a list of one': { d: ['1'] },
  'an integer beyond 2^53': { l: '9007199254740993' },
  'leading zeros': { i: '000123' },
  infinity: { f: 'INF' },
  'not a number': { f: 'NaN' },
  'a date with a zone': { y: '2026-11-21+01:00' },
  'midnight as 24:00:00': { t: '2026-11-21T24:00:00' },
  null: { s: null },
  'the empty string': { s: '' },
  absence: {},
  'blanks at either end': { s: '  a ' },
  'line ends of every kind': { s: 'a\r\nb\rc\n\u0085\u2028' },
  'surrogate pairs': { s: '😀 and 𝔘' },
  'markup and the end of a CDATA section': { s: ']]>&lt;<a>&amp;' },
  'the order of a repeating choice': { '@choice': [{ b: 1 }, { a: 2 }, { b: 3 }] },
  octets: { h: '/wCA' },
  'a qualified name': { q: '{urn:other}name' },
  'a list of tokens': { n: ['a', 'b'] },
  'an amount with its currency': { m: { currency: '€"<', value: '10.005' } },
  'a derived type': { p: { '@type': 'Person', name: 'Ann', born: '-0044' } },
  'a type in xs:anyType': { x: { '@type': 'xs:long', value: '9007199254740993' } },
  'an element that a wildcard allows': { '@any': '<n:a xmlns:n="urn:n" b="&quot;">x &amp; y</n:a>' },
};

describe('encoding and decoding', () => {
  for (const [title, value] of Object.entries(VALUES)) {
    it(`keeps ${title}`, async () => {
      const codec = await compile();
      const expected = { d: [], ...value };
      const decoded = codec.input.decode(codec.input.encode(value));
      assert.ok(decoded.kind === 'message');
      assert.deepEqual(JSON.parse(Buffer.from(decoded.json).toString()), expected);
    });
  }

  it('carries a declared fault, in either SOAP version', async () => {
    for (const version of ['11', '12']) {
      const codec = await compile(version);
      const envelope = codec.encodeFault({
        category: 'Sender',
        reason: 'no <b>',
        detail: { name: 'Bad', value: { name: 'x' } },
      });
      const decoded = codec.output?.decode(envelope);
      assert.ok(decoded?.kind === 'fault');
      const { category, reason, detail } = decoded.fault;
      assert.deepEqual([category, reason, detail?.name], ['Sender', 'no <b>', 'Bad']);
      assert.deepEqual(JSON.parse(Buffer.from(detail!.json).toString()), { name: 'x' });
    }
  });
});

async function compile(version = '11'): Promise<OperationCodec> {
  const soap = version === '11' ? 'soap' : 'soap12';
  const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/${soap}/" xmlns:t="urn:example" targetNamespace="urn:example">
    <types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example" elementFormDefault="qualified">${SCHEMA}<xs:element name="Bad" type="t:Party"/></xs:schema></types>
    <message name="In"><part name="body" element="t:Run"/></message><message name="Bad"><part name="body" element="t:Bad"/></message>
    <portType name="PT"><operation name="Run"><input message="t:In"/><output message="t:In"/><fault name="Bad" message="t:Bad"/></operation></portType>
    <binding name="B" type="t:PT"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
      <fault name="Bad"><soap:fault name="Bad" use="literal"/></fault></operation></binding>
    <service name="S"><port name="P" binding="t:B"><soap:address location="http://localhost/"/></port></service></definitions>`;
  const { contract, diagnostics } = await compileContract('example.wsdl', {
    load: async () => Buffer.from(wsdl),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return compileCodec(contract, { operation: 'Run' });
}
