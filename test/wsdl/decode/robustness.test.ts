import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DecodeError, type MessageCodec } from '../../../wsdl/index.ts';
import { compileResponse, decodeText, e, envelope } from './decoding.ts';

const SCHEMA = `
  <xs:element name="Run"><xs:complexType><xs:sequence>
    <xs:element name="S" type="xs:string" nillable="true" maxOccurs="unbounded"/>
    <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="I" type="xs:int"/><xs:element name="D" type="xs:decimal"/></xs:choice>
    <xs:element name="P" type="t:Shape" minOccurs="0"/>
    <xs:element name="M" type="t:Mixed" minOccurs="0"/>
    <xs:element name="Y" type="xs:anyType" minOccurs="0"/>
    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="2"/>
  </xs:sequence><xs:attribute name="a" type="xs:token"/><xs:anyAttribute namespace="##other"/></xs:complexType></xs:element>
  <xs:element name="H" type="xs:string"/>
  <xs:element name="Bad" type="t:Circle"/>
  <xs:complexType name="Shape" abstract="true"><xs:sequence/><xs:attribute name="id" type="xs:ID"/></xs:complexType>
  <xs:complexType name="Circle"><xs:complexContent><xs:extension base="t:Shape"><xs:sequence><xs:element name="R" type="xs:double"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Mixed" mixed="true"><xs:sequence><xs:element name="B" type="xs:anyType" minOccurs="0"/></xs:sequence></xs:complexType>`;

const MESSAGE = envelope(
  e(
    'Run',
    `\r\n <t:S>Grüße 😀 &amp; &#x1F600;<![CDATA[<x>]]>\r\n</t:S><!-- c --><t:S xsi:nil="true"/><t:I>1</t:I>${e('D', '10.50')}<t:I>2</t:I>
    ${e('P', e('R', '1.5'), ' xsi:type="t:Circle" id="c1"')}${e('M', 'm <t:B o:x="t:q" xmlns:o="urn:o">b</t:B>')}${e('Y', '5', ' xsi:type="xs:int"')}
    <o:any xmlns:o="urn:o">é<o:x/></o:any><?pi?>`,
    ' a="1&#9;2" xmlns:o="urn:o" o:b="é"',
  ),
  e('H', 'head'),
);

const FAULT = envelope(
  `<s:Fault><faultcode>s:Client</faultcode><faultstring>é</faultstring><detail>${e('Bad', e('R', '1'))}<x/></detail></s:Fault>`,
);

describe('the decoder', () => {
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse({ schema: SCHEMA, headers: ['H'], faults: ['Bad'] });
  });

  function decodeInChunks(bytes: Buffer, sizes: () => number): string {
    const runs: Uint8Array[] = [];
    const decoder = codec.createDecoder((json) => runs.push(json));
    for (let at = 0; at < bytes.length;) {
      const size = sizes();
      decoder.write(bytes.subarray(at, at + size));
      at += size;
    }
    const end = decoder.end();
    return end.kind === 'fault' ? JSON.stringify(end.fault) : Buffer.concat(runs).toString();
  }

  /** What bytes decode to, or the code, path and message of the error. */
  function outcome(bytes: Buffer, sizes: () => number): string {
    try {
      return decodeInChunks(bytes, sizes);
    } catch (error) {
      if (error instanceof DecodeError) return `${error.code} ${error.message}`;
      throw error;
    }
  }

  it('gives the same bytes for every size of chunks', () => {
    for (const message of [MESSAGE, FAULT]) {
      const bytes = Buffer.from(message);
      const whole = decodeInChunks(bytes, () => bytes.length);
      for (let size = 1; size < bytes.length; size++)
        assert.equal(
          decodeInChunks(bytes, () => size),
          whole,
        );
    }
    assert.doesNotThrow(() => void JSON.parse(decodeText(codec, MESSAGE)));
  });

  it('gives the same for every encoding of the message', () => {
    const whole = decodeText(codec, MESSAGE);
    const utf16 = Buffer.from(`\uFEFF${MESSAGE}`, 'utf16le');
    assert.equal(
      decodeInChunks(utf16, () => 7),
      whole,
    );
  });

  it('fails with a DecodeError, the same in any chunks, or gives JSON, whatever bytes are changed', () => {
    const seeds = [MESSAGE, FAULT].map((message) => Buffer.from(message));
    const mutation = fc.record({
      at: fc.nat(4000),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc
          .constantFrom(
            '<',
            '>',
            '&',
            '/',
            '"',
            '<t:S>',
            '</t:S>',
            '<![CDATA[',
            ']]>',
            '<!--',
            '-->',
            '&#0;',
            'xmlns=""',
            ' xsi:nil="true"',
            '<!DOCTYPE x>',
            ':',
          )
          .map((text) => Buffer.from(text)),
      ),
    });
    const property = fc.property(
      fc.constantFrom(...seeds),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 9 }),
      (seed, mutations, size) => {
        let bytes = seed;
        for (const { at, remove, insert } of mutations) {
          const from = at % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
        }
        const whole = outcome(bytes, () => bytes.length);
        assert.equal(
          outcome(bytes, () => size),
          whole,
        );
        if (whole.startsWith('{')) JSON.parse(whole);
      },
    );
    fc.assert(property, { numRuns: 5_000, interruptAfterTimeLimit: 10_000 });
  });

  it('writes while it reads', () => {
    let written = 0;
    const decoder = codec.createDecoder((json) => {
      written += json.length;
    });
    const [start = '', end = ''] = envelope(e('Run', '|')).split('|');
    decoder.write(Buffer.from(start));
    const rows = Buffer.from(e('S', 'x'.repeat(100)).repeat(1000));
    for (let i = 0; i < 3; i++) {
      decoder.write(rows);
      assert.ok(written > (i + 0.5) * 100_000);
    }
    decoder.write(Buffer.from(end));
    decoder.end();
    assert.equal(written, JSON.stringify({ s: new Array(3000).fill('x'.repeat(100)), '@any': [] }).length);
  });
});
