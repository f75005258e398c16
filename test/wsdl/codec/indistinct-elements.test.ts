import assert from 'node:assert/strict';
import {
  compileCodec,
  ValueError,
  type Diagnostic,
  type JsonValue,
  type MessageCodec,
} from '../../../wsdl/index.ts';
import { compileTexts, schema, wsdlAround } from '../link/wsdl-text.ts';

const SCHEMA = `
<xs:element name="Run"><xs:complexType><xs:complexContent><xs:extension base="t:Status"/></xs:complexContent></xs:complexType></xs:element>
<xs:complexType name="Status"><xs:sequence>
  <xs:element name="Code" type="xs:int"/>
  <xs:element name="Kind" type="xs:string" minOccurs="0"/>
  <xs:element name="Error" type="xs:string" minOccurs="0" maxOccurs="5"/>
  <xs:element name="Kind" type="xs:string" minOccurs="0"/>
  <xs:element name="Warning" type="xs:string" minOccurs="0" maxOccurs="5"/>
  <xs:element name="Warning" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType>`;

describe('elements of one name with nothing required between', () => {
  let codec: MessageCodec;
  let diagnostics: readonly Diagnostic[];
  before(async () => {
    const compiled = await compileTexts({ 'a.wsdl': wsdlAround(schema(SCHEMA)) });
    diagnostics = compiled.diagnostics;
    codec = compileCodec(compiled.contract!, { operation: 'Run' }).input;
  });

  function roundTrip(value: JsonValue): JsonValue {
    const decoded = codec.decode(codec.encode(value));
    assert.ok(decoded.kind === 'message');
    return JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue;
  }

  function faultOf(value: JsonValue): string {
    try {
      codec.encode(value);
      return '';
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      return error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join();
    }
  }

  it('are warned of once for each pair, with the place of the type', () => {
    assert.deepEqual(
      diagnostics.map(({ severity, code, message }) => [severity, code, message.split(' ')[0]]),
      [
        ['warning', 'XSD_INVALID', '"Kind"'],
        ['warning', 'XSD_INVALID', '"Warning"'],
      ],
    );
    assert.equal(diagnostics[0]?.location?.line, 3);
  });

  it('come back as they were given, or are refused', () => {
    const five = ['1', '2', '3', '4', '5'];
    for (const value of [
      { code: 1, kind: 'a', error: [], warning: [] },
      { code: 1, error: ['e'], kind2: 'b', warning: [] },
      { code: 1, kind: 'a', error: [], kind2: 'b', warning: ['w'] },
      { code: 1, kind: 'a', error: ['e'], kind2: 'b', warning: five, warning2: 'w' },
    ])
      assert.deepEqual(roundTrip(value), value);
    assert.equal(faultOf({ code: 1, kind2: 'b' }), '/kind2 occurrence');
    assert.equal(faultOf({ code: 1, error: [], kind2: 'b' }), '/kind2 occurrence');
    assert.equal(faultOf({ code: 1, warning: ['w'], warning2: 'x' }), '/warning2 occurrence');
  });
});
