import assert from 'node:assert/strict';
import type { OperationCodec } from '../../../../wsdl/index.ts';
import {
  compileEncoded,
  decodeAnswer,
  decodeBody,
  encodeCall,
  encodedEnvelope,
  failureOf,
  structType,
} from './encoded-service.ts';

const SCHEMA =
  structType(
    'Account',
    '<xs:element name="id" type="xs:string"/><xs:element name="balance" type="xs:decimal"/><xs:element name="note" type="xs:string" minOccurs="0"/>',
  ) +
  '<xs:complexType name="Savings"><xs:complexContent><xs:extension base="t:Account"><xs:sequence><xs:element name="rate" type="xs:double"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>';
const FAULT = structType('Failure', '<xs:element name="reason" type="xs:string"/>');

describe('a struct in an encoded message', () => {
  let codec: OperationCodec;

  before(async () => {
    const parts = '<part name="account" type="t:Account"/><part name="count" type="xs:int"/>';
    ({ codec } = await compileEncoded({
      schema: SCHEMA + FAULT,
      parts,
      fault: '<part name="failure" type="t:Failure"/>',
    }));
  });

  const account = { id: 'a', balance: '1.50' };
  const members = '<id>a</id><balance>1.50</balance>';

  it('has its accessors in any order, with or without a namespace', () => {
    for (const content of [
      members,
      '<balance>1.50</balance><id>a</id>',
      '<t:balance>1.50</t:balance><t:id>a</t:id>',
    ])
      assert.deepEqual(decodeAnswer(codec, `<count>1</count><account>${content}</account>`), {
        count: 1,
        account,
      });
  });

  it('may name its type by any prefix, of any age, or with a name that only its server knows', () => {
    for (const type of [
      'xsi:type="t:Account"',
      'xmlns:q="urn:t" xsi:type="q:Account"',
      'xmlns:j="http://www.w3.org/1999/XMLSchema-instance" xmlns:q="urn:t" j:type="q:Account"',
      'xmlns:java="urn:java" xsi:type="java:com.bank.Account"',
    ]) {
      const content = `<account ${type}>${members}</account><count xmlns:o="http://www.w3.org/2000/10/XMLSchema" xsi:type="o:int">1</count>`;
      assert.deepEqual(decodeAnswer(codec, content), { account, count: 1 });
    }
  });

  it('is of the derived type that it names', () => {
    const content = `<account xsi:type="t:Savings"><rate>0.5</rate>${members}</account><count>1</count>`;
    assert.deepEqual(decodeAnswer(codec, content), {
      account: { '@type': 'Savings', ...account, rate: 0.5 },
      count: 1,
    });
  });

  it('is null, as its accessors are, by xsi:nil, by xsi:null, or where they are missing', () => {
    const old = 'xmlns:j="http://www.w3.org/1999/XMLSchema-instance" j:null="1"';
    assert.deepEqual(decodeAnswer(codec, `<account ${old}/>`), { account: null, count: null });
    assert.deepEqual(decodeAnswer(codec, '<account><id xsi:nil="true"/></account><count>1</count>'), {
      account: { id: null, balance: null },
      count: 1,
    });
  });

  it('still breaks its contract by what is wrong or unknown', () => {
    const wrong = failureOf(codec, '<account><id>a</id><balance>much</balance></account><count>1</count>');
    assert.equal(wrong.code, 'invalid-value');
    assert.equal(wrong.path, '/Envelope/Body/RunResponse/account/balance');
    const unknown = failureOf(codec, `<account>${members}<colour>red</colour></account><count>1</count>`);
    assert.equal(unknown.code, 'unexpected-element');
    assert.equal(unknown.path, '/Envelope/Body/RunResponse/account/colour');
    assert.equal(failureOf(codec, `<account>text</account><count>1</count>`).code, 'unexpected-text');
    assert.equal(
      failureOf(codec, `<account>${members}</account><count>1</count>`, '<x/>').code,
      'unexpected-element',
    );
    assert.equal(failureOf(codec, `<account/><count><b/></count>`).code, 'unexpected-element');
  });

  it('passes over what the encoding adds', () => {
    const attributes =
      's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" soapenc:root="1" id="i1" soapenc:arrayType="xs:int[1]"';
    const content = `<account ${attributes}>${members}</account><count id="i2" soapenc:root="1">1</count>`;
    assert.deepEqual(decodeAnswer(codec, content), { account, count: 1 });
  });

  it('comes in an answer of any name, its parts by their order if by no name', () => {
    const body = `<x:anything xmlns:x="urn:other"><result>${members}</result><count>1</count></x:anything>`;
    assert.deepEqual(decodeBody(codec, body), { account, count: 1 });
    assert.deepEqual(decodeAnswer(codec, `<return>${members}</return><out>2</out>`), { account, count: 2 });
  });

  it('comes in a call by the name of the operation only', () => {
    const call = (name: string): Buffer =>
      Buffer.from(encodedEnvelope(`<${name}><account/><count>1</count></${name}>`));
    assert.equal(codec.input.decode(call('Run')).kind, 'message');
    assert.throws(() => codec.input.decode(call('t:Walk')), /<Walk> is not expected here/);
    assert.throws(
      () => codec.input.decode(Buffer.from(encodedEnvelope(''))),
      /wrapper element .* is missing/,
    );
  });

  it('is the detail of a fault too, by reference', () => {
    const decoded = codec.output!.decode(
      Buffer.from(
        encodedEnvelope(
          '<s:Fault><faultcode>s:Client</faultcode><faultstring>No</faultstring><detail><t:failure href="#f"/></detail></s:Fault><multiRef id="f" xsi:type="t:Failure"><reason href="#r"/></multiRef><m id="r">locked</m>',
        ),
      ),
    );
    assert.ok(decoded.kind === 'fault');
    const { category, reason, detail } = decoded.fault;
    assert.deepEqual([category, reason, detail?.name], ['Sender', 'No', 'Failed']);
    assert.equal(Buffer.from(detail!.json).toString(), '{"reason":"locked"}');
  });

  it('is the same whatever the chunks', () => {
    const bytes = Buffer.from(
      encodedEnvelope(
        '<t:RunResponse><account href="#1"/><count>1</count></t:RunResponse><m id="1"><id>é</id><balance>1</balance></m>',
      ),
    );
    const runs: Uint8Array[] = [];
    const decoder = codec.output!.createDecoder((json) => runs.push(json));
    for (const byte of bytes) decoder.write(Uint8Array.of(byte));
    assert.equal(decoder.end().kind, 'message');
    assert.equal(Buffer.concat(runs).toString(), '{"account":{"id":"é","balance":"1"},"count":1}');
  });
});

describe('what may be anything in an encoded message', () => {
  let codec: OperationCodec;

  before(async () => {
    ({ codec } = await compileEncoded({ schema: SCHEMA, parts: '<part name="any" type="xs:anyType"/>' }));
  });

  it('is of the type it names, or that the element referred to is named after', () => {
    const account = { '@type': 'Account', id: 'a', balance: '1' };
    const members = '<balance>1</balance><id>a</id>';
    for (const [content, beside] of [
      [`<any xsi:type="t:Account">${members}</any>`, ''],
      ['<any href="#1"/>', `<t:Account id="1">${members}</t:Account>`],
      ['<any href="#1"/>', `<multiRef id="1" xsi:type="t:Account">${members}</multiRef>`],
    ] as const)
      assert.deepEqual(decodeAnswer(codec, content, beside), { any: account });
  });

  it('may be an array or a map that no contract declares, and is written the same', () => {
    const map =
      '<i xsi:type="x:Map" xmlns:x="http://xml.apache.org/xml-soap"><x:item><key xsi:type="xs:string">a</key><value xsi:type="xs:int">1</value></x:item></i>';
    const value = {
      any: {
        '@type': 'Array',
        value: [
          {
            '@type': 'Map',
            item: [{ key: { '@type': 'xs:string', value: 'a' }, value: { '@type': 'xs:int', value: 1 } }],
          },
          { '@type': 'Array', value: [{ '@type': 'xs:int', value: 2 }] },
        ],
      },
    };
    const inner = '<i soapenc:arrayType="xs:int[1]"><i>2</i></i>';
    assert.deepEqual(decodeAnswer(codec, `<any xsi:type="soapenc:Array">${map}${inner}</any>`), value);
    const again = codec.output!.decode(codec.output!.encode(value));
    assert.ok(again.kind === 'message');
    assert.deepEqual(JSON.parse(Buffer.from(again.json).toString()), value);
    assert.match(
      encodeCall(codec, value),
      /^<any xsi:type="soapenc:Array"[^>]* soapenc:arrayType="xs:anyType\[2\]"><item xsi:type="n\d:Map"/,
    );
  });

  it('is raw XML without a type, with references resolved and the namespaces it needs', () => {
    assert.deepEqual(
      decodeAnswer(
        codec,
        '<any><a href="#1"/></any>',
        '<m id="1" xmlns:q="urn:q"><q:b kind="q:c">1</q:b></m>',
      ),
      {
        any: {
          '@mixed':
            '<a xmlns:q="urn:q" xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:enc="http://www.w3.org/2003/05/soap-encoding"><q:b kind="q:c">1</q:b></a>',
        },
      },
    );
  });
});

describe('a document style message with encoding', () => {
  it('is read with its references', async () => {
    const schema = `${SCHEMA}<xs:element name="Order" type="t:Account"/>`;
    const { codec } = await compileEncoded({
      schema,
      style: 'document',
      parts: '<part name="p" element="t:Order"/>',
    });
    const value = { id: 'a', balance: '1' };
    assert.deepEqual(
      decodeBody(codec, '<t:Order><id href="#1"/><balance>1</balance></t:Order><m id="1">a</m>'),
      value,
    );
    const decoded = codec.output!.decode(codec.output!.encode(value));
    assert.ok(decoded.kind === 'message');
    assert.deepEqual(JSON.parse(Buffer.from(decoded.json).toString()), value);
  });
});
