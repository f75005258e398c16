import assert from 'node:assert/strict';
import {
  compileCodec,
  sampleMessage,
  ValueError,
  type JsonValue,
  type MessageCodec,
} from '../../../wsdl/index.ts';
import { contractOfSchema } from '../link/wsdl-text.ts';

/** What generated schemas once broke, each as small as it gets. */
describe('a schema that once broke the law', () => {
  it('keeps a run of elements as several occurrences of a group that must occur twice', async () => {
    const codec = await codecOf(
      '<xs:choice minOccurs="2" maxOccurs="unbounded"><xs:element name="A" type="xs:int" maxOccurs="3"/></xs:choice>',
    );
    assert.deepEqual(roundTrip(codec, { a: [1, 2] }), { a: [1, 2] });
    const nested = await codecOf(
      '<xs:sequence minOccurs="2" maxOccurs="unbounded"><xs:element name="B" type="xs:int" minOccurs="0"/><xs:element name="A" type="xs:int" maxOccurs="3"/></xs:sequence>',
    );
    const value = { '@sequence': [{ a: [1] }, { a: [2, 3] }] };
    assert.deepEqual(roundTrip(nested, value), value);
  });

  it('takes a run of groups as several occurrences of the group around that must occur twice', async () => {
    const codec = await codecOf(
      '<xs:sequence minOccurs="2" maxOccurs="unbounded"><xs:element name="B" type="xs:int" minOccurs="0"/><xs:sequence maxOccurs="unbounded"><xs:element name="C" type="xs:int"/><xs:element name="D" type="xs:int"/></xs:sequence></xs:sequence>',
    );
    const one = { '@sequence': [{ c: 1, d: 2 }] };
    assert.deepEqual(roundTrip(codec, { '@sequence': [one, one] }), { '@sequence': [one, one] });
  });

  it('refuses an occurrence of a group without any element, which would vanish', async () => {
    const codec = await codecOf(
      '<xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element name="A" type="xs:int" minOccurs="0" maxOccurs="2"/><xs:element name="B" type="xs:int" minOccurs="0"/></xs:sequence>',
    );
    assert.equal(refusal(codec, { '@sequence': [{ a: [] }] }), '/@sequence/0 occurrence');
    assert.equal(refusal(codec, { '@sequence': [{}] }), '/@sequence/0 occurrence');
  });

  it('refuses an empty text where that would mean the default', async () => {
    const codec = await codecOf(
      '<xs:sequence><xs:element name="A" type="xs:string" default="x"/></xs:sequence>',
    );
    assert.equal(refusal(codec, { a: '' }), '/a lexical');
    assert.deepEqual(roundTrip(codec, { a: 'y' }), { a: 'y' });
    const complex = await codecOf(
      '<xs:sequence><xs:element name="A" default="x"><xs:complexType><xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent></xs:complexType></xs:element></xs:sequence>',
    );
    assert.equal(refusal(complex, { a: { value: '' } }), '/a lexical');
  });

  it('refuses empty octets where they would mean the default', async () => {
    const codec = await codecOf(
      '<xs:sequence><xs:element name="A" type="xs:base64Binary" default="AQID"/></xs:sequence>',
    );
    assert.equal(refusal(codec, { a: '' }), '/a lexical');
    assert.deepEqual(roundTrip(codec, { a: 'AQ==' }), { a: 'AQ==' });
  });

  it('writes a fixed boolean and fixed octets as the schema spells them', async () => {
    const codec = await codecOf(
      '<xs:sequence><xs:element name="A" type="xs:boolean" fixed="0"/><xs:element name="B" type="xs:hexBinary" fixed="ff"/></xs:sequence>',
    );
    assert.match(xmlOf(codec, { a: false, b: '/w==' }), />0<.*>ff</s);
  });

  it('makes no example that is nil where the type is abstract and none is derived from it', async () => {
    const contract = await contractOfSchema(
      '<xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="A" type="t:N" nillable="true" minOccurs="0"/></xs:sequence></xs:complexType></xs:element><xs:complexType name="N" abstract="true"/>',
    );
    const { operation, input } = compileCodec(contract, { operation: 'Run' });
    for (const mode of ['full', 'random', 'minimal'] as const)
      assert.deepEqual(roundTrip(input, sampleMessage(contract, operation.input, { mode })), {});
  });

  it('makes an example of a repeating group that holds nothing but the type itself', async () => {
    const contract = await contractOfSchema(
      '<xs:element name="Run" type="t:N"/><xs:complexType name="N"><xs:sequence maxOccurs="unbounded"><xs:element name="A" type="t:N" minOccurs="0"/><xs:element name="B" type="t:N" minOccurs="0"/></xs:sequence></xs:complexType>',
    );
    const { operation, input } = compileCodec(contract, { operation: 'Run' });
    for (let seed = 1; seed <= 20; seed++) {
      const value = sampleMessage(contract, operation.input, { mode: 'random', seed });
      assert.ok(roundTrip(input, value));
    }
  });
});

async function codecOf(model: string): Promise<MessageCodec> {
  const contract = await contractOfSchema(
    `<xs:element name="Run"><xs:complexType>${model}</xs:complexType></xs:element>`,
  );
  return compileCodec(contract, { operation: 'Run' }).input;
}

function xmlOf(codec: MessageCodec, value: JsonValue): string {
  return Buffer.from(codec.encode(value)).toString();
}

function roundTrip(codec: MessageCodec, value: JsonValue): unknown {
  const decoded = codec.decode(codec.encode(value));
  assert.ok(decoded.kind === 'message');
  return JSON.parse(Buffer.from(decoded.json).toString());
}

function refusal(codec: MessageCodec, value: JsonValue): string {
  try {
    return xmlOf(codec, value);
  } catch (error) {
    assert.ok(error instanceof ValueError);
    return error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join();
  }
}
