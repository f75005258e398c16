import assert from 'node:assert/strict';
import type { MessageCodec } from '../../../wsdl/index.ts';
import { compileResponse, decodeRun, e, failureOfRun, runOf } from './decoding.ts';

const XSI_NIL = ' xsi:nil="true"';

function run(elements: string, others = ''): Promise<MessageCodec> {
  return compileResponse(runOf(`<xs:sequence>${elements}</xs:sequence>`, others));
}

describe('simple values', () => {
  it('are joined over CDATA sections, references and comments', async () => {
    const codec = await run('<xs:element name="A" type="xs:string"/>');
    assert.equal(decodeRun(codec, '<t:A> a<!-- x -->&lt;<![CDATA[&"]]>\\</t:A>'), '{"a":" a<&\\"\\\\"}');
    assert.equal(decodeRun(codec, '<t:A/>'), '{"a":""}');
  });

  it('must be in their lexical space, and the message never quotes them', async () => {
    const codec = await run('<xs:element name="A" type="xs:int"/>');
    assert.equal(failureOfRun(codec, e('A', 'secret')), 'invalid-value /Run/A');
    assert.equal(failureOfRun(codec, e('A')), 'invalid-value /Run/A');
    assert.throws(
      () => decodeRun(codec, e('A', 'secret')),
      (error: Error) => !error.message.includes('secret'),
    );
  });

  it('take the default of an empty element, and must equal a fixed value', async () => {
    const codec = await run(
      '<xs:element name="A" type="xs:int" default="7" minOccurs="0"/><xs:element name="B" type="xs:decimal" fixed="1.0" minOccurs="0"/>',
    );
    assert.equal(decodeRun(codec, '<t:A/><t:B/>'), '{"a":7,"b":"1.0"}');
    assert.equal(decodeRun(codec, ''), '{}');
    assert.equal(decodeRun(codec, e('B', '1.00')), '{"b":"1.00"}');
    assert.equal(failureOfRun(codec, e('B', '2')), 'invalid-value /Run/B');
  });

  it('resolve qualified names by the namespaces of their element', async () => {
    const codec = await run('<xs:element name="A" type="xs:QName" maxOccurs="2"/>');
    assert.equal(
      decodeRun(codec, '<t:A xmlns:q="urn:q">q:x</t:A><t:A>t:y</t:A>'),
      '{"a":["{urn:q}x","{urn:t}y"]}',
    );
    assert.equal(failureOfRun(codec, '<t:A xmlns:q="urn:q">q:x</t:A><t:A>q:y</t:A>'), 'invalid-value /Run/A');
  });

  it('may name their own type or a narrower one with xsi:type, which changes nothing', async () => {
    const codec = await run('<xs:element name="A" type="xs:long"/>');
    assert.equal(decodeRun(codec, e('A', '5', ' xsi:type="xs:long"')), '{"a":"5"}');
    assert.equal(decodeRun(codec, e('A', '5', ' xsi:type="xs:byte"')), '{"a":"5"}');
    assert.equal(failureOfRun(codec, e('A', '500', ' xsi:type="xs:byte"')), 'invalid-value /Run/A');
    for (const type of ['xs:string', 'xs:unknown', 'no:int', 'long']) {
      assert.equal(failureOfRun(codec, e('A', '5', ` xsi:type="${type}"`)), 'unknown-type /Run/A');
    }
  });

  it('have no attributes of their own', async () => {
    const codec = await run('<xs:element name="A" type="xs:int"/>');
    assert.equal(failureOfRun(codec, e('A', '5', ' x="1"')), 'unexpected-attribute /Run/A');
    assert.equal(failureOfRun(codec, e('A', '5', ' xsi:other="1"')), 'unexpected-attribute /Run/A');
    assert.equal(decodeRun(codec, e('A', '5', ' xsi:schemaLocation="a b"')), '{"a":5}');
  });
});

describe('nil', () => {
  it('is null, also in an array', async () => {
    const codec = await run('<xs:element name="A" type="xs:int" nillable="true" maxOccurs="3"/>');
    assert.equal(
      decodeRun(codec, e('A', '', XSI_NIL) + e('A', '1') + e('A', ' ', ' xsi:nil="1"')),
      '{"a":[null,1,null]}',
    );
    assert.equal(decodeRun(codec, e('A', '1', ' xsi:nil="false"')), '{"a":[1]}');
  });

  it('has no content and a boolean value, and must be declared', async () => {
    const codec = await run(
      '<xs:element name="A" type="xs:int" nillable="true"/><xs:element name="B" type="xs:int"/>',
    );
    assert.equal(failureOfRun(codec, e('A', '1', XSI_NIL) + e('B', '1')), 'unexpected-text /Run/A');
    assert.equal(failureOfRun(codec, e('A', e('X'), XSI_NIL)), 'unexpected-element /Run/A/X');
    assert.equal(failureOfRun(codec, e('A', '', ' xsi:nil="yes"')), 'invalid-value /Run/A');
    assert.equal(failureOfRun(codec, e('A', '1') + e('B', '', XSI_NIL)), 'invalid-value /Run/B');
  });

  it('keeps attributes and a derived type beside it', async () => {
    const codec = await run(
      '<xs:element name="A" type="t:Base" nillable="true"/>',
      `<xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence><xs:attribute name="id" type="xs:int"/></xs:complexType>
       <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"/></xs:complexContent></xs:complexType>`,
    );
    assert.equal(decodeRun(codec, e('A', '', XSI_NIL)), '{"a":null}');
    assert.equal(decodeRun(codec, e('A', '', `${XSI_NIL} id="5"`)), '{"a":{"@nil":true,"id":5}}');
    assert.equal(
      decodeRun(codec, e('A', '', `${XSI_NIL} xsi:type="t:More"`)),
      '{"a":{"@type":"More","@nil":true}}',
    );
  });
});

describe('attributes', () => {
  const TYPE = `<xs:sequence><xs:element name="E" type="xs:int" minOccurs="0"/></xs:sequence>
    <xs:attribute name="must" type="xs:int" use="required"/><xs:attribute name="may" type="xs:string" default="d"/><xs:attribute name="fix" type="xs:decimal" fixed="1"/>`;

  it('come before elements, and a default is not made up', async () => {
    const codec = await compileResponse(runOf(TYPE));
    assert.equal(decodeRun(codec, e('E', '2'), ' fix="1.0" must="1"'), '{"fix":"1.0","must":1,"e":2}');
  });

  it('are checked', async () => {
    const codec = await compileResponse(runOf(TYPE));
    assert.equal(failureOfRun(codec, ''), 'missing-attribute /Run');
    assert.equal(failureOfRun(codec, '', ' must="x"'), 'invalid-value /Run');
    assert.equal(failureOfRun(codec, '', ' must="1" fix="2"'), 'invalid-value /Run');
    assert.equal(failureOfRun(codec, '', ' must="1" other="2"'), 'unexpected-attribute /Run');
    assert.equal(failureOfRun(codec, '', ' t:must="1"'), 'unexpected-attribute /Run');
  });

  it('of a wildcard are kept under their Clark names', async () => {
    const codec = await compileResponse(
      runOf('<xs:attribute name="a" type="xs:int"/><xs:anyAttribute namespace="##other"/>'),
    );
    assert.equal(
      decodeRun(codec, '', ' xmlns:o="urn:o" o:x="&quot;" a="1" o:a="2"'),
      '{"a":1,"@anyAttribute":{"{urn:o}x":"\\"","{urn:o}a":"2"}}',
    );
    assert.equal(failureOfRun(codec, '', ' b="1"'), 'unexpected-attribute /Run');
  });

  it('stand beside the value of simple content', async () => {
    const codec = await run(
      '<xs:element name="A" type="t:Money" default="0"/>',
      '<xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>',
    );
    assert.equal(
      decodeRun(codec, e('A', '10.50', ' currency="EUR"')),
      '{"a":{"currency":"EUR","value":"10.50"}}',
    );
    assert.equal(decodeRun(codec, e('A')), '{"a":{"value":"0"}}');
    assert.equal(failureOfRun(codec, e('A', 'x')), 'invalid-value /Run/A');
  });
});

describe('types named by xsi:type', () => {
  const SHAPES = `<xs:complexType name="Shape" abstract="true"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>
    <xs:complexType name="Circle"><xs:complexContent><xs:extension base="t:Shape"><xs:sequence><xs:element name="R" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
    <xs:complexType name="Other"><xs:sequence/></xs:complexType>`;

  it('are written as @type if they differ from the declared one', async () => {
    const codec = await run(
      '<xs:element name="A" type="t:Shape"/><xs:element name="B" type="t:Circle"/>',
      SHAPES,
    );
    const circle = e('Id', '1') + e('R', '2');
    assert.equal(
      decodeRun(codec, e('A', circle, ' xsi:type=" t:Circle "') + e('B', circle, ' xsi:type="t:Circle"')),
      '{"a":{"@type":"Circle","id":1,"r":2},"b":{"id":1,"r":2}}',
    );
  });

  it('must be there for an abstract type, known, and derived from the declared one', async () => {
    const codec = await run('<xs:element name="A" type="t:Shape"/>', SHAPES);
    for (const type of [
      '',
      ' xsi:type="t:Shape"',
      ' xsi:type="t:Other"',
      ' xsi:type="t:Nothing"',
      ' xsi:type="xs:int"',
    ]) {
      assert.equal(failureOfRun(codec, e('A', '', type)), 'unknown-type /Run/A', type);
    }
  });
});

describe('content without a fixed structure', () => {
  it('of xs:anyType without xsi:type is kept as raw XML', async () => {
    const codec = await run('<xs:element name="A" type="xs:anyType" nillable="true" maxOccurs="9"/>');
    const json = decodeRun(
      codec,
      e('A', 'x<t:b>&amp;</t:b>') +
        e('A') +
        e('A', '', ' xmlns:o="urn:o" o:c="1" d="2"') +
        e('A', '', XSI_NIL),
    );
    assert.deepEqual(JSON.parse(json), {
      a: [
        { '@mixed': 'x<t:b xmlns:t="urn:t">&amp;</t:b>' },
        { '@mixed': '' },
        { '@anyAttribute': { '{urn:o}c': '1', d: '2' }, '@mixed': '' },
        null,
      ],
    });
  });

  it('of xs:anyType with xsi:type is decoded by that type', async () => {
    const codec = await run(
      '<xs:element name="A" type="xs:anyType" maxOccurs="9"/>',
      '<xs:complexType name="P"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>',
    );
    const json = decodeRun(
      codec,
      e('A', '5', ' xsi:type="xs:int"') +
        e('A', e('X', '1'), ' xsi:type="t:P"') +
        e('A', 'm', ' xsi:type="xs:anyType"'),
    );
    assert.equal(json, '{"a":[{"@type":"xs:int","value":5},{"@type":"P","x":1},{"@mixed":"m"}]}');
    assert.equal(failureOfRun(codec, e('A', '5', ' xsi:type="t:Nothing"')), 'unknown-type /Run/A');
    assert.equal(failureOfRun(codec, e('A', 'x', ' xsi:type="xs:int"')), 'invalid-value /Run/A');
  });

  it('is raw XML for a mixed type', async () => {
    const codec = await compileResponse({
      schema: `<xs:element name="Run"><xs:complexType mixed="true"><xs:sequence><xs:element name="B" type="xs:string" minOccurs="0"/></xs:sequence>
        <xs:attribute name="a" type="xs:int"/></xs:complexType></xs:element>`,
    });
    assert.equal(
      decodeRun(codec, '1 &lt; <t:B>2</t:B>\n', ' a="3"'),
      '{"a":3,"@mixed":"1 &lt; <t:B xmlns:t=\\"urn:t\\">2</t:B>\\n"}',
    );
  });
});

describe('unwrapped arrays', () => {
  const ARRAY =
    '<xs:complexType name="ArrayOfItem"><xs:sequence><xs:element name="Item" type="xs:string" minOccurs="0" maxOccurs="unbounded" nillable="true"/></xs:sequence></xs:complexType>';

  it('are JSON arrays', async () => {
    const codec = await run(
      '<xs:element name="A" type="t:ArrayOfItem" minOccurs="0" nillable="true"/>',
      ARRAY,
    );
    assert.equal(decodeRun(codec, e('A', e('Item', 'x') + e('Item', '', XSI_NIL))), '{"a":["x",null]}');
    assert.equal(decodeRun(codec, e('A')), '{"a":[]}');
    assert.equal(decodeRun(codec, e('A', '', XSI_NIL)), '{"a":null}');
    assert.equal(decodeRun(codec, ''), '{}');
    assert.equal(failureOfRun(codec, e('A', e('Other'))), 'unexpected-element /Run/A/Other');
  });

  it('are the value beside @type in place of xs:anyType', async () => {
    const codec = await run('<xs:element name="A" type="xs:anyType"/>', ARRAY);
    const item = e('Item', 'x');
    assert.equal(
      decodeRun(codec, e('A', item, ' xsi:type="t:ArrayOfItem"')),
      '{"a":{"@type":"ArrayOfItem","value":["x"]}}',
    );
  });
});
