import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MessageCodec } from '../../../wsdl/index.ts';
import type { SpecialisedDecoder } from '../../../wsdl/codec/specialised/specialised-decoder.ts';
import { decodeByBoth, inputDecoders } from './both-decoders.ts';

const LISTED = Array.from({ length: 100 }, (_, index) => `<xs:enumeration value="v ${index}"/>`).join('');

const WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
  <types><xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
    <xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="Item" type="t:Item" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
    <xs:complexType name="Item"><xs:sequence><xs:element name="A" type="xs:string" minOccurs="0"/></xs:sequence>
      <xs:attribute name="text" type="xs:string"/><xs:attribute name="word" type="xs:token"/><xs:attribute name="short"><xs:simpleType>
        <xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="4"/></xs:restriction></xs:simpleType></xs:attribute>
      <xs:attribute name="count" type="xs:int"/><xs:attribute name="sum" type="xs:decimal"/><xs:attribute name="day" type="xs:date"/>
      <xs:attribute name="at" type="xs:dateTime"/><xs:attribute name="flag" type="xs:boolean"/><xs:attribute name="one" type="t:One"/><xs:attribute name="code"><xs:simpleType>
        <xs:restriction base="xs:string"><xs:length value="3"/><xs:pattern value="[A-Z]+"/></xs:restriction></xs:simpleType></xs:attribute><xs:attribute name="type" use="required"><xs:simpleType>
        <xs:restriction base="xs:string"><xs:enumeration value="big"/><xs:enumeration value="small"/></xs:restriction></xs:simpleType></xs:attribute>
    </xs:complexType>
    <xs:simpleType name="One"><xs:restriction base="xs:string">${LISTED}</xs:restriction></xs:simpleType>
    <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Item"><xs:sequence><xs:element name="B" type="xs:string" minOccurs="0"/></xs:sequence>
      <xs:attribute name="extra" type="xs:string" form="qualified"/></xs:extension></xs:complexContent></xs:complexType>
  </xs:schema></types>
  <message name="M"><part name="p" element="t:Run"/></message>
  <portType name="P"><operation name="Run"><input message="t:M"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"/></input></operation></binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>
</definitions>`;

function message(items: string): Buffer {
  return Buffer.from(
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      `xmlns:t="urn:t"><s:Body><t:Run>${items}</t:Run></s:Body></s:Envelope>`,
  );
}

const VALUES = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      'a',
      'abcd',
      'abcde',
      ' a  b ',
      'a b',
      'é',
      'ééééé',
      '1',
      '-7',
      '+1',
      '007',
      '2147483648',
      '1.50',
      '.5',
      'true',
      '0',
    ],
    ...[
      '2026-02-29',
      '2026-05-31',
      '2026-01-01Z',
      '2026-01-01T10:00:00',
      '2026-01-01T24:00:00Z',
      'big',
      'small',
      'bigger',
      'v 7',
      'v 99',
      'v 100',
      ' v 7',
      'v  7',
      'ABC',
      'AB',
      'ABCD',
    ],
    ...['a&amp;b', '&#10;', 'a\tb', 'a\nb', 'a]]>b', 'a\\b', "it's", 'a<b', '&quot;', '\u0001', '\uFFFF'],
  ),
  fc.string({ maxLength: 6 }),
);
const NAMES = [
  'text',
  'one',
  'code',
  'word',
  'short',
  'count',
  'sum',
  'day',
  'at',
  'flag',
  'type',
  't:extra',
  'xsi:type',
  'xsi:nil',
  'unknown',
];
const ATTRIBUTE = fc.tuple(fc.constantFrom(...NAMES), VALUES, fc.constantFrom(' ', '  ', '\n'));

describe('attributes, read by the specialised decoder', () => {
  let codec: MessageCodec;
  let decoder: SpecialisedDecoder;

  before(async () => {
    ({ codec, decoder } = await inputDecoders(WSDL));
  });

  it('may stand in any order, with those of xsi between them', () => {
    const all =
      'text="a \\ b" word="x" short="ab" count="-3" sum="1.50" day="2026-01-31" at="2026-01-31T10:00:00Z" flag="true" one="v 42" type="big"';
    const items = [
      all,
      'type="small" xsi:type="t:Item" count="3" code="ABC"',
      'xsi:type="t:More" type="big" t:extra="e"',
    ];
    const xml = message(items.map((attributes) => `<t:Item ${attributes}><t:A/></t:Item>`).join(''));
    assert.ok(decoder.decode(xml));
    assert.match(
      decodeByBoth(codec, xml),
      /"text":"a \\\\ b","word":"x","short":"ab","count":-3,"sum":"1.50".*"one":"v 42"/,
    );
  });

  it('may come with the name of a type and with declarations, in any order, as often as they should not', () => {
    const attribute = fc.constantFrom(
      'type="big"',
      'xsi:type="t:More"',
      'xsi:type="u:More"',
      'xsi:type="q:More"',
      'xsi:type="t:Item"',
      'xsi:nil="true"',
      'xmlns:q="urn:q"',
      'xmlns:q="urn:x"',
      'xmlns:u="urn:t"',
      'xmlns:t="urn:t"',
      'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"',
      "xmlns:u='urn:t'",
      'u:extra="e"',
      't:extra="e"',
      'count="3"',
    );
    const expected = '<t:Item xmlns:q="urn:q" xmlns:u="urn:t" type="big"/>';
    const typed = '<t:Item xmlns:u="urn:t" xsi:type="u:More" type="big" t:extra="e"><t:A>a</t:A></t:Item>';
    assert.ok(decoder.decode(message(expected + typed)));
    assert.match(decodeByBoth(codec, message(expected + typed)), /"@type":"More"/);
    const property = fc.property(
      fc.array(attribute, { maxLength: 6 }),
      fc.constantFrom(
        '/>',
        '></t:Item>',
        '><t:A>a</t:A></t:Item>',
        '><u:A>a</u:A></t:Item>',
        '><t:A xsi:type="u:X"/>',
      ),
      (attributes, end) => {
        const item = `<t:Item ${attributes.join(' ')}${end}`;
        decodeByBoth(codec, message(expected + item));
        decodeByBoth(codec, message(`${expected}${item}<t:Item type="big" u:extra="e"/>`));
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it('are refused alike', () => {
    for (const attributes of [
      'type="big" type="big"',
      'count="1"',
      'type="huge"',
      'type="big" count="x"',
      'type="big" code="AB"',
      'type="big" code="ABCD"',
      'type="big" t:type="x"',
    ])
      assert.match(
        decodeByBoth(codec, message(`<t:Item ${attributes}/>`)),
        /^(invalid|missing|unexpected|not-xml)/,
      );
  });

  it('mean the same to both decoders, whatever they are', () => {
    const item = fc.array(ATTRIBUTE, { maxLength: 5 }).map((all) => {
      const written = all.map(([name, value, space]) => `${space}${name}="${value}"`).join('');
      return `<t:Item type="big"${written}/>`;
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3 }), (items) => {
        decodeByBoth(codec, message(items.join('')));
      }),
      { numRuns: 400 },
    );
  });
});
