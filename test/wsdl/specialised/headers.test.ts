import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MessageCodec } from '../../../wsdl/index.ts';
import type { SpecialisedDecoder } from '../../../wsdl/codec/specialised/specialised-decoder.ts';
import { decodeByBoth, decodeInChunks, inputDecoders } from './both-decoders.ts';

const WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
  <types><xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
    <xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="A" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="Limits"><xs:complexType><xs:sequence>
      <xs:element name="Limit" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="Used" type="xs:int"/><xs:element name="Of" type="xs:string" nillable="true" minOccurs="0"/>
      </xs:sequence><xs:attribute name="kind" type="xs:string"/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="Session" type="xs:string"/>
    <xs:element name="Free"><xs:complexType mixed="true"><xs:sequence><xs:any minOccurs="0" processContents="skip"/></xs:sequence></xs:complexType></xs:element>
  </xs:schema></types>
  <message name="M"><part name="p" element="t:Run"/><part name="l" element="t:Limits"/><part name="s" element="t:Session"/><part name="f" element="t:Free"/></message>
  <portType name="P"><operation name="Run"><input message="t:M"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Run"><soap:operation soapAction=""/><input>
      <soap:header message="t:M" part="l" use="literal"/><soap:header message="t:M" part="s" use="literal"/><soap:header message="t:M" part="f" use="literal"/>
      <soap:body parts="p" use="literal"/></input></operation></binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>
</definitions>`;

const LIMITS = '<t:Limits><t:Limit kind="a"><t:Used>1</t:Used><t:Of>x</t:Of></t:Limit></t:Limits>';

function message(header: string, body = '<t:A>a</t:A>'): Buffer {
  return Buffer.from(
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
      `<s:Header>${header}</s:Header><s:Body><t:Run>${body}</t:Run></s:Body></s:Envelope>`,
  );
}

const BLOCKS: Readonly<Record<string, string>> = {
  plain: LIMITS,
  'spread over lines': LIMITS.replaceAll('><', '>\n  <'),
  'to be understood': LIMITS.replace('<t:Limits', '<t:Limits s:mustUnderstand="1" s:actor=""'),
  'with a prefix of its own': LIMITS.replaceAll('t:', 'h:').replace('<h:Limits', '<h:Limits xmlns:h="urn:t"'),
  'with a default namespace': LIMITS.replaceAll('t:', '').replace('<Limits', '<Limits xmlns="urn:t"'),
  'with a declaration inside': LIMITS.replace('<t:Limit ', '<t:Limit xmlns:q="urn:q" '),
  empty: '<t:Limits/>',
  'with nil inside': LIMITS.replace('<t:Of>x</t:Of>', '<t:Of xsi:nil="true"/>'),
  'of text that is escaped': '<t:Session>a &amp; "b" é&#65;</t:Session>',
  'of anything': '<t:Free>a<x:y xmlns:x="urn:x"/></t:Free>',
  several: `${LIMITS}<w:Other xmlns:w="urn:w"/><t:Session>é</t:Session><t:Free/>`,
};

describe('the declared blocks of a header', () => {
  let codec: MessageCodec;
  let decoder: SpecialisedDecoder;

  before(async () => {
    ({ codec, decoder } = await inputDecoders(WSDL));
  });

  for (const [layout, header] of Object.entries(BLOCKS)) {
    it(`are read without the general decoder: ${layout}`, () => {
      for (const xml of [message(header), message(header, '')]) {
        const json = decodeByBoth(codec, xml);
        assert.match(json, /^\{"@header":\{.+\}/);
        assert.equal(Buffer.from(decoder.decode(xml) ?? []).toString(), json);
        assert.equal(decodeInChunks(codec, xml, 7), json);
      }
    });
  }

  it('are refused as the general decoder refuses them', () => {
    for (const header of [
      LIMITS + LIMITS,
      LIMITS.replace('>1<', '>one<'),
      LIMITS.replace('kind', 'sort'),
      LIMITS.replace('<t:Used>1</t:Used>', ''),
      LIMITS.replace('</t:Limits>', ''),
      '<t:Session s:mustUnderstand="1"><t:A/></t:Session>',
    ])
      assert.match(decodeByBoth(codec, message(header)), /^(invalid|missing|unexpected|not-xml)/);
  });

  it('mean the same to both decoders, whatever is changed in them', () => {
    const xml = message(BLOCKS.several!);
    const end = xml.indexOf('</s:Header>');
    const piece = fc.constantFrom(
      ' ',
      '<',
      '/>',
      '&lt;',
      ' xmlns="urn:t"',
      ' xmlns:t="urn:q"',
      ' a="b"',
      '</t:Limits>',
      'é',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.nat({ max: end }), fc.nat({ max: 5 }), piece, (at, removed, inserted) => {
        const bytes = Buffer.concat([xml.subarray(0, at), Buffer.from(inserted), xml.subarray(at + removed)]);
        decodeByBoth(codec, bytes);
      }),
      { numRuns: 400 },
    );
  });
});
