import assert from 'node:assert/strict';
import { ValueError, type JsonValue, type MessageCodec } from '../../../wsdl/index.ts';
import { compileResponse, decodeText, envelope } from '../decode/decoding.ts';
import { compileEncoded, decodeAnswer, encodeCall } from './encoded/encoded-service.ts';

const SCHEMA = `<xs:element name="Run"><xs:complexType><xs:sequence>
    <xs:element name="any" type="xs:anySimpleType" minOccurs="0" nillable="true"/>
    <xs:element name="size" type="t:Size" minOccurs="0"/>
    <xs:element name="flag" type="t:Flag" minOccurs="0"/>
    <xs:element name="name" minOccurs="0"><xs:simpleType><xs:union memberTypes="xs:QName xs:string"/></xs:simpleType></xs:element>
    <xs:element name="hash" minOccurs="0"><xs:simpleType><xs:union memberTypes="xs:hexBinary xs:string"/></xs:simpleType></xs:element>
    <xs:element name="inline" minOccurs="0"><xs:simpleType><xs:union memberTypes="xs:int"><xs:simpleType><xs:restriction base="xs:string"/></xs:simpleType></xs:union></xs:simpleType></xs:element>
    <xs:element name="fixed" type="t:Size" fixed="5" minOccurs="0"/>
  </xs:sequence><xs:attribute name="of" type="t:Size"/></xs:complexType></xs:element>
  <xs:simpleType name="Size"><xs:union memberTypes="xs:int xs:string"/></xs:simpleType>
  <xs:simpleType name="Flag"><xs:union memberTypes="xs:boolean t:Word"/></xs:simpleType>
  <xs:simpleType name="Word"><xs:restriction base="xs:string"><xs:enumeration value="true"/><xs:enumeration value="ab"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="SmallSize"><xs:restriction base="t:Size"><xs:enumeration value="5"/><xs:enumeration value="s"/></xs:restriction></xs:simpleType>`;

describe('xs:anySimpleType and unions', () => {
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse({ schema: SCHEMA });
  });

  const decode = (content: string): JsonValue => {
    const texts = [false, true].map((generalOnly) =>
      decodeText(codec, envelope(`<t:Run>${content}</t:Run>`), { generalOnly }),
    );
    assert.equal(texts[0], texts[1], 'the generated decoder and the general one differ');
    return JSON.parse(texts[0]!) as JsonValue;
  };
  const encode = (value: JsonValue): string => Buffer.from(codec.encode(value)).toString();
  const faultOf = (value: JsonValue): string => {
    try {
      return encode(value);
    } catch (error) {
      assert.ok(error instanceof ValueError);
      return error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
    }
  };

  const read: readonly (readonly [what: string, content: string, json: JsonValue])[] = [
    ['any text', '<t:any>t:q</t:any>', { any: 't:q' }],
    ['a name', '<t:any xsi:type="xs:QName">t:q</t:any>', { any: { '@type': 'xs:QName', value: '{urn:t}q' } }],
    ['a number', '<t:any xsi:type="xs:int">007</t:any>', { any: { '@type': 'xs:int', value: 7 } }],
    [
      'a type of the contract',
      '<t:any xsi:type="t:Word">ab</t:any>',
      { any: { '@type': 'Word', value: 'ab' } },
    ],
    ['anySimpleType itself', '<t:any xsi:type="xs:anySimpleType">5</t:any>', { any: '5' }],
    ['nil', '<t:any xsi:type="xs:int" xsi:nil="true"/>', { any: null }],
    ['a string among numbers', '<t:size xsi:type="xs:string"> 005</t:size>', { size: ' 005' }],
    ['a number without a type', '<t:size>005</t:size>', { size: 5 }],
    ['a type derived from a member', '<t:size xsi:type="xs:short">5</t:size>', { size: 5 }],
    ['a type derived from the union', '<t:size xsi:type="t:SmallSize">5</t:size>', { size: 5 }],
    ['a word among booleans', '<t:flag xsi:type="t:Word">true</t:flag>', { flag: 'true' }],
    ['a string that looks like a name', '<t:name xsi:type="xs:string">t:q</t:name>', { name: 't:q' }],
    [
      'a string that looks like a name in JSON',
      '<t:name xsi:type="xs:string">{urn:t}q</t:name>',
      { name: { '@type': 'xs:string', value: '{urn:t}q' } },
    ],
    ['octets', '<t:hash>FF00</t:hash>', { hash: '/wA=' }],
    [
      'a string that looks like octets',
      '<t:hash xsi:type="xs:string">FF00</t:hash>',
      { hash: { '@type': 'xs:string', value: 'FF00' } },
    ],
    ['the fixed value', '<t:fixed xsi:type="xs:int">5</t:fixed>', { fixed: 5 }],
  ];
  for (const [what, content, json] of read) {
    it(`are read by the type that xsi:type names, and written back: ${what}`, () => {
      assert.deepEqual(decode(content), json);
      assert.deepEqual(decodeText(codec, encode(json)), JSON.stringify(json));
    });
  }

  it('are written with xsi:type where the text would be read as another member type', () => {
    assert.match(encode({ size: '005' }), /<tns:size xsi:type="xs:string"[^>]*>005</);
    assert.match(encode({ size: 5 }), /<tns:size>5</);
    assert.match(encode({ size: 'large' }), /<tns:size>large</);
    assert.match(encode({ name: '{urn:t}q' }), /<tns:name xmlns:q1="urn:t">q1:q</);
    assert.match(encode({ name: 'tns:q' }), /<tns:name xsi:type="xs:string"[^>]*>tns:q</);
  });

  it('are refused where a value would be misread and no xsi:type can say so', () => {
    assert.equal(faultOf({ inline: '5' }), '/inline type');
    assert.equal(faultOf({ of: '5' }), '/of type');
    assert.match(encode({ inline: 5, of: 5 }), /of="5"/);
  });

  it('must be of a type that may stand there', () => {
    assert.throws(
      () => decode('<t:size xsi:type="xs:date">2026-01-01</t:size>'),
      /unknown-type|xsi:type must/,
    );
    assert.throws(() => decode('<t:size xsi:type="xs:byte">500</t:size>'), /must be at most 127/);
    assert.throws(() => decode('<t:any xsi:type="t:Run">5</t:any>'), /xsi:type must name/);
  });

  it('refuse what is wrong in a value that names its type, with its pointer', () => {
    assert.equal(faultOf({ any: { '@type': 'xs:int', value: 'x' } }), '/any/value type');
    assert.equal(faultOf({ any: { '@type': 'xs:no', value: 'x' } }), '/any/@type unknown-type');
    assert.equal(faultOf({ any: { '@type': 5, value: 'x' } }), '/any/@type unknown-type');
    assert.equal(faultOf({ any: { '@type': 'xs:int' } }), '/any/value required');
    assert.equal(faultOf({ any: { '@type': 'xs:int', value: 5, unit: 'm' } }), '/any/unit unknown-member');
    assert.equal(faultOf({ any: { value: 5 } }), '/any type');
    assert.equal(faultOf({ size: { '@type': 'xs:int', value: 5 } }), '/size type');
    assert.equal(faultOf({ hash: { '@type': 'xs:int', value: 5 } }), '/hash/@type unknown-type');
    assert.equal(faultOf({ fixed: 6 }), '/fixed fixed');
  });

  it('keep their types in SOAP encoding too', async () => {
    const { codec: encoded } = await compileEncoded({
      schema: '<xs:simpleType name="Size"><xs:union memberTypes="xs:int xs:string"/></xs:simpleType>',
      parts: '<part name="any" type="xs:anySimpleType"/><part name="size" type="t:Size"/>',
    });
    const value = { any: { '@type': 'xs:QName', value: '{urn:t}q' }, size: '005' };
    assert.deepEqual(decodeAnswer(encoded, encodeCall(encoded, value).replaceAll('tns:', 't:')), value);
    const foreign = '<any xsi:type="t:Unknown">5</any><size xsi:type="t:Integer">5</size>';
    assert.deepEqual(decodeAnswer(encoded, foreign), { any: '5', size: 5 });
  });
});
