import assert from 'node:assert/strict';
import type { MessageCodec } from '../../../wsdl/index.ts';
import { compilePlan } from '../../../wsdl/codec/decode/message-plan.ts';
import { SpecialisedDecoder } from '../../../wsdl/codec/specialised/specialised-decoder.ts';
import { compileCodec, compileContract } from '../../../wsdl/index.ts';
import { decodeByBoth } from './both-decoders.ts';

const HOSTILE = `a\\";process.exit(1);//`;

const WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:t="urn:'};process.exit(1);//" xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:'};process.exit(1);//">
  <types><xs:schema targetNamespace="urn:'};process.exit(1);//" elementFormDefault="qualified"><xs:element name="Run"><xs:complexType><xs:sequence>
    <xs:element name="A" type="t:E"/><xs:element name="B" type="xs:string" default="&quot;);process.exit(1);//"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:simpleType name="E"><xs:restriction base="xs:string"><xs:enumeration value='${HOSTILE}'/><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:schema></types>
  <message name="M"><part name="p" element="t:Run"/></message>
  <portType name="P"><operation name="Run"><input message="t:M"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"/></input></operation></binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>
</definitions>`;

function message(prefix: string, header = '', content = 'x'): Buffer {
  return Buffer.from(
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:${prefix}="urn:'};process.exit(1);//">${header}<s:Body>` +
      `<${prefix}:Run><${prefix}:A>${content}</${prefix}:A><${prefix}:B/></${prefix}:Run></s:Body></s:Envelope>`,
  );
}

describe('the code generated for a message', () => {
  let codec: MessageCodec;
  let decoder: SpecialisedDecoder;

  before(async () => {
    const { contract } = await compileContract('t.wsdl', { load: () => Promise.resolve(Buffer.from(WSDL)) });
    assert.ok(contract);
    const { input, operation, soapVersion } = compileCodec(contract, { operation: 'Run' });
    codec = input;
    const plan = { contract, soapVersion, message: operation.input, faults: [] };
    assert.equal(compilePlan(plan).encoded, false);
    decoder = new SpecialisedDecoder(plan);
  });

  it('holds no code that comes from a contract', () => {
    assert.equal(
      decodeByBoth(codec, message('p', '', HOSTILE)),
      JSON.stringify({ a: HOSTILE, b: '");process.exit(1);//' }),
    );
  });

  it('is used again whatever stands in the header', () => {
    for (let i = 0; i < 100; i++) {
      const id = `<s:Header><w:Id xmlns:w="urn:w" w:n="${i}">${i}</w:Id></s:Header>`;
      assert.ok(decoder.decode(message('p', id)));
    }
  });

  it('is used again whatever the attributes of Body and of its first element say', () => {
    const withIds = (id: string, root = ''): Buffer =>
      Buffer.from(
        message('p')
          .toString()
          .replace('<s:Body>', `<s:Body xmlns:w="urn:w" w:Id="${id}" w:n='1'>`)
          .replace('<p:Run>', `<p:Run${root}>`),
      );
    for (let i = 0; i < 100; i++) assert.ok(decoder.decode(withIds(`id-${i}`)));
    for (const id of ['&lt;', "it's", '']) decodeByBoth(codec, withIds(id));
    const hostile = [
      withIds('<'),
      withIds('a" w:Id="b'),
      withIds('a" q:Id="b'),
      withIds('\u0001'),
      withIds('&x;'),
    ];
    for (const bytes of hostile) {
      assert.equal(decoder.decode(bytes), undefined);
      assert.throws(() => codec.decode(bytes));
    }
    const xsi = ' xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:type';
    decodeByBoth(codec, withIds('a', `${xsi}="p:Run"`));
    decodeByBoth(codec, withIds('a', `${xsi}="p:Other"`));
  });

  it('is left to the general decoder where a block must be understood', () => {
    assert.equal(
      decoder.decode(message('p', '<s:Header><w xmlns="urn:w" s:mustUnderstand="1"/></s:Header>')),
      undefined,
    );
  });

  it('is bounded: beyond some namespace bindings the general decoder reads', () => {
    const taken = Array.from(
      { length: 100 },
      (_, index) => decoder.decode(message(`p${index}`)) !== undefined,
    );
    assert.ok(taken.filter(Boolean).length < 20);
    assert.ok(decoder.decode(message('p')));
    decodeByBoth(codec, message('p99'));
  });
});
