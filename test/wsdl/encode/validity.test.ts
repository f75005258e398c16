import assert from 'node:assert/strict';

import { XmlDocument, XsdValidator } from 'libxml2-wasm';

import { compileEncoder } from '../../../wsdl/codec/encode/compile-encoder.ts';
import { compileContract, formatDiagnostic, type Contract, type JsonValue } from '../../../wsdl/index.ts';

/** libxml2 as a second opinion on the XML made: schemas with values that must be valid, and XML that must be in it. */
interface Case {
  readonly title: string;
  readonly schema: string;
  readonly values: readonly JsonValue[];
}

const CASES: readonly Case[] = [
  {
    title: 'sequences, choices and optional groups in any order of members',
    schema: `<xs:element name="Run"><xs:complexType><xs:sequence>
        <xs:element name="Id" type="xs:string"/>
        <xs:choice><xs:element name="Iban" type="xs:string"/>
          <xs:sequence><xs:element name="Sort" type="xs:string"/><xs:element name="No" type="xs:string"/></xs:sequence></xs:choice>
        <xs:sequence minOccurs="0"><xs:element name="From" type="xs:date"/><xs:element name="To" type="xs:date"/></xs:sequence>
        <xs:element name="Tag" type="xs:string" minOccurs="0" maxOccurs="3"/>
      </xs:sequence></xs:complexType></xs:element>`,
    values: [
      { iban: 'DE', id: '1' },
      { no: '2', tag: ['a', 'b'], sort: '1', to: '2026-01-02+14:00', from: '-0001-01-01', id: '' },
      { id: '1', iban: 'x', tag: [] },
    ],
  },
  {
    title: 'repeating choices and sequences',
    schema: `<xs:element name="Run"><xs:complexType><xs:sequence>
        <xs:choice maxOccurs="unbounded"><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int" maxOccurs="2"/></xs:choice>
        <xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element name="K" type="xs:int"/><xs:element name="V" type="xs:int" minOccurs="0"/></xs:sequence>
      </xs:sequence></xs:complexType></xs:element>`,
    values: [
      { '@choice': [{ b: 1 }, { a: 2 }, { b: 3 }, { b: 4 }], '@sequence': [{ k: 1 }, { v: 3, k: 2 }] },
      { '@choice': [{ a: 1 }] },
    ],
  },
  {
    title: 'every kind of simple value',
    schema: `<xs:element name="Run"><xs:complexType><xs:all>
        <xs:element name="D" type="xs:decimal"/><xs:element name="L" type="xs:long" minOccurs="0"/><xs:element name="F" type="xs:double" minOccurs="0"/>
        <xs:element name="T" type="xs:dateTime" minOccurs="0"/><xs:element name="P" type="xs:duration" minOccurs="0"/>
        <xs:element name="H" type="xs:hexBinary" minOccurs="0"/><xs:element name="B" type="xs:base64Binary" minOccurs="0"/>
        <xs:element name="Q" type="xs:QName" minOccurs="0"/><xs:element name="N" type="xs:string" nillable="true" minOccurs="0"/>
        <xs:element name="S" type="xs:NMTOKENS" minOccurs="0"/>
        <xs:element name="Z" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="2"/><xs:pattern value="[^a-z]+"/></xs:restriction></xs:simpleType></xs:element>
        <xs:element name="U" minOccurs="0"><xs:simpleType><xs:union memberTypes="xs:int xs:boolean"/></xs:simpleType></xs:element>
      </xs:all></xs:complexType></xs:element>`,
    values: [
      {
        d: '12345678901234567.89',
        l: '9007199254740993',
        f: 'INF',
        t: '2026-11-21T24:00:00',
        p: '-P1Y2M3DT4.5S',
      },
      { q: '{urn:other}x', h: '/wA=', b: 'AQID', n: null, d: '+.5', s: ['a', 'b'], z: '😀😀', u: true },
      { f: 1e21, d: '000123', n: ' \r\n]]>&<', u: -5, q: 'local' },
    ],
  },
  {
    title: 'attributes, simple content, nil and derived types',
    schema: `<xs:element name="Run"><xs:complexType><xs:sequence>
        <xs:element name="M" type="t:Money" nillable="true" maxOccurs="unbounded"/><xs:element name="P" type="t:Base" minOccurs="0"/>
      </xs:sequence><xs:attribute name="k" type="xs:QName" form="qualified"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType></xs:element>
      <xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="c" use="required" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="A" type="xs:string" form="unqualified"/></xs:sequence></xs:complexType>
      <xs:complexType name="Sub"><xs:complexContent><xs:extension base="t:Base"><xs:sequence><xs:element name="B" type="xs:anyType"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`,
    values: [
      {
        k: '{urn:k}v',
        '@anyAttribute': { '{urn:n}a': '"\n' },
        m: [
          { value: '1.5', c: '<' },
          { '@nil': true, c: '' },
        ],
      },
      { m: [{ value: '1', c: 'EUR' }], p: { '@type': 'Sub', b: { '@type': 'xs:int', value: 5 }, a: 'x' } },
      {
        m: [{ value: '1', c: 'EUR' }],
        p: { '@type': 'Sub', b: { '@type': 'Money', value: '5', c: 'x' }, a: 'x' },
      },
      {
        m: [{ value: '1', c: 'EUR' }],
        p: { '@type': 'Sub', b: { '@mixed': 'a<b xmlns="urn:b"/>' }, a: 'x' },
      },
    ],
  },
  {
    title: 'wildcards, mixed content, substitution groups and recursion',
    schema: `<xs:element name="Run" type="t:Node"/>
      <xs:element name="Party" abstract="true" type="xs:string"/><xs:element name="Person" substitutionGroup="t:Party" type="xs:string"/>
      <xs:complexType name="Node"><xs:sequence>
        <xs:element name="Text" minOccurs="0"><xs:complexType mixed="true"><xs:sequence><xs:element name="B" type="xs:string" maxOccurs="2"/></xs:sequence></xs:complexType></xs:element>
        <xs:element ref="t:Party" minOccurs="0"/><xs:element name="Child" type="t:Node" minOccurs="0" maxOccurs="unbounded"/>
        <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="2"/>
      </xs:sequence></xs:complexType>`,
    values: [
      {
        text: { '@mixed': 'a<B xmlns="urn:example">b</B>c' },
        person: 'P',
        child: [{}, { child: [{ person: '' }] }],
      },
      { '@any': ['<n xmlns="urn:n">&amp;<m/></n>'] },
    ],
  },
];

describe('the XML made for', () => {
  for (const { title, schema, values } of CASES) {
    it(`${title} is valid against its schema`, async () => {
      const contract = await compile(schema);
      const validator = XsdValidator.fromDoc(XmlDocument.fromString(schemaDocument(schema)));
      for (const value of values) assertValid(validator, encode(contract, value));
      validator.dispose();
    });
  }

  it('is refused by the same validator when it is wrong, so the check can fail', async () => {
    const schema =
      '<xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence></xs:complexType></xs:element>';
    const contract = await compile(schema.replace('xs:int', 'xs:string'));
    const validator = XsdValidator.fromDoc(XmlDocument.fromString(schemaDocument(schema)));
    assert.throws(() => {
      assertValid(validator, encode(contract, { a: 'x' }));
    }, /not a valid value of the atomic type 'xs:int'/);
    validator.dispose();
  });
});

function schemaDocument(content: string): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:example" targetNamespace="urn:example" elementFormDefault="qualified">${content}</xs:schema>`;
}

async function compile(schema: string): Promise<Contract> {
  const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:example" targetNamespace="urn:example">
    <types>${schemaDocument(schema)}</types>
    <message name="In"><part name="body" element="t:Run"/></message>
    <portType name="PT"><operation name="Run"><input message="t:In"/></operation></portType>
    <binding name="B" type="t:PT"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"/></input></operation></binding>
    <service name="S"><port name="P" binding="t:B"><soap:address location="http://localhost/"/></port></service></definitions>`;
  const { contract, diagnostics } = await compileContract('example.wsdl', {
    load: async () => Buffer.from(wsdl),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return contract;
}

function encode(contract: Contract, value: JsonValue): string {
  const message = Object.values(contract.bindings)[0]!.operations[0]!.input;
  return Buffer.from(compileEncoder({ contract, soapVersion: '1.1', message })(value).envelope).toString();
}

/** Validates the element in soap:Body as a document of its own, with the declarations of the envelope. */
function assertValid(validator: XsdValidator, envelope: string): void {
  const declarations = /<soap:Envelope([^>]*)>/.exec(envelope)?.[1] ?? '';
  const body = /<soap:Body>(.*)<\/soap:Body>/s.exec(envelope)?.[1] ?? '';
  const document = XmlDocument.fromString(body.replace(/^<[^\s>]+/, `$&${declarations}`));
  try {
    validator.validate(document);
  } finally {
    document.dispose();
  }
}
