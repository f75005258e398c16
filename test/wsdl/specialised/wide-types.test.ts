import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MessageCodec } from '../../../wsdl/index.ts';
import { compileResponse, e, envelope } from '../decode/decoding.ts';
import { decodeByBoth, decodeInChunks } from './both-decoders.ts';

const KINDS = ['xs:string', 'xs:int', 'xs:date', 'xs:boolean', 't:Colour', 't:Part', 't:Parts'];
const VALUES = [
  'a &amp; b',
  '7',
  '2026-01-31',
  'true',
  'red',
  e('Key', 'k'),
  e('Part', e('Key', 'k')).repeat(2),
];
const OCCURS = [
  'minOccurs="0"',
  'minOccurs="0" maxOccurs="unbounded"',
  'minOccurs="0" nillable="true"',
  'minOccurs="0" maxOccurs="2"',
];
const COUNT = 90;

function member(index: number): string {
  const required = index === 50 ? '' : OCCURS[index % OCCURS.length]!;
  return `<xs:element name="M${index}" type="${KINDS[index % KINDS.length]!}" ${required}/>`;
}

const SCHEMA = `
  <xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="Wide" type="t:Wide" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Wide"><xs:sequence>${Array.from({ length: COUNT }, (_, index) => member(index)).join('')}</xs:sequence></xs:complexType>
  <xs:complexType name="Part"><xs:sequence><xs:element name="Key" type="xs:string"/></xs:sequence><xs:attribute name="id" type="xs:int"/></xs:complexType>
  <xs:complexType name="Parts"><xs:sequence><xs:element name="Part" type="t:Part" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
  <xs:complexType name="Other"><xs:complexContent><xs:extension base="t:Part"><xs:sequence><xs:element name="More" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="blue"/></xs:restriction></xs:simpleType>`;

function value(index: number): string {
  return VALUES[index % KINDS.length]!;
}

function wide(indexes: readonly number[], attributes = ''): string {
  return e('Wide', indexes.map((index) => e(`M${index}`, value(index), attributes)).join('\n'));
}

describe('types of very many elements, read by the specialised decoder', () => {
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse({ schema: SCHEMA });
  });

  it('mean what they mean to the general decoder, with all of their elements', () => {
    const all = Array.from({ length: COUNT }, (_, index) => index);
    const bytes = Buffer.from(envelope(e('Run', wide(all) + wide([50]))));
    const json = decodeByBoth(codec, bytes);
    assert.ok(json.startsWith('{"wide":[{"m0":"a & b","m1":[7],"m2":"2026-01-31","m3":[true],'));
    assert.equal(decodeInChunks(codec, bytes, 999), json);
  });

  it('mean what they mean to the general decoder, with any of them, right or wrong', () => {
    const attributes = fc.constantFrom(
      '',
      '',
      '',
      ' id="3"',
      ' xsi:nil="true"',
      ' xsi:type="t:Other"',
      ' xsi:type="t:Part"',
      ' a="b"',
    );
    const indexes = fc
      .tuple(fc.subarray(Array.from({ length: COUNT }, (_, index) => index)), fc.boolean(), fc.nat(COUNT))
      .map(([some, hasRequired, twice]) =>
        (hasRequired ? [...new Set([...some, 50])] : some)
          .sort((one, other) => one - other)
          .flatMap((index) => (index === twice ? [index, index] : [index])),
      );
    fc.assert(
      fc.property(indexes, attributes, fc.nat(COUNT), (some, written, at) => {
        const plain = wide(some);
        const changed = wide(some.slice(at, at + 2), written);
        decodeByBoth(codec, Buffer.from(envelope(e('Run', plain))));
        decodeByBoth(codec, Buffer.from(envelope(e('Run', plain + changed))));
      }),
      { numRuns: 200 },
    );
  });
});
