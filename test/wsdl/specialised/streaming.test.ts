import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultLimits, type DecodeOptions, type MessageCodec } from '../../../wsdl/index.ts';
import { compileResponse, e, envelope } from '../decode/decoding.ts';
import { decodeInChunks, outcomeOf } from './both-decoders.ts';

const SCHEMA = `
  <xs:element name="Run"><xs:complexType><xs:sequence>
    <xs:element name="Title" type="xs:string" minOccurs="0"/>
    <xs:element name="Rows" type="t:Rows" minOccurs="0"/>
    <xs:element name="Total" type="xs:int"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Rows"><xs:sequence>
    <xs:element name="Row" type="t:Row" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="Note" type="xs:string" minOccurs="0"/>
  </xs:sequence><xs:attribute name="page" type="xs:int"/></xs:complexType>
  <xs:complexType name="Row"><xs:sequence>
    <xs:element name="Id" type="xs:token"/>
    <xs:element name="Amount" type="xs:decimal" nillable="true"/>
    <xs:element name="Tag" type="xs:string" minOccurs="0" maxOccurs="3"/>
  </xs:sequence></xs:complexType>
  <xs:element name="Session" type="xs:string"/>`;

function row(index: number): string {
  const amount = index % 7 === 0 ? '<t:Amount xsi:nil="true"/>' : e('Amount', `${index}.50`);
  return e('Row', e('Id', `row ${index}`) + amount + e('Tag', 'é &amp; "b"').repeat(index % 4));
}

const ROWS = Array.from({ length: 2_000 }, (_, index) => row(index)).join('\n');
const MESSAGE = envelope(e('Run', `${e('Title', 'T')}${e('Rows', ROWS, ' page="7"')}${e('Total', '2000')}`));

function general(codec: MessageCodec, bytes: Uint8Array, options?: DecodeOptions): string {
  return outcomeOf(() => codec.decode(bytes, { ...options, generalOnly: true }));
}

/** Changes the message anywhere, and cuts it off anywhere. */
function assertSameFailures(codec: MessageCodec, message: string): void {
  const pieces = [
    '<',
    '&',
    '\u0000',
    '</t:Row>',
    '<t:Row/>',
    '<!-- c -->',
    '<![CDATA[x]]>',
    'x',
    ' ',
    ' a="b"',
    '\uFFFF',
    '0',
  ];
  const property = fc.property(
    fc.nat({ max: message.length - 1 }),
    fc.oneof(
      fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)),
      fc.uint8Array({ minLength: 1, maxLength: 2 }),
    ),
    fc.nat({ max: 3 }),
    fc.integer({ min: 5_000, max: 100_000 }),
    (at, piece, remove, size) => {
      const bytes = Buffer.from(message);
      const changed = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + remove)]);
      assert.equal(decodeInChunks(codec, changed, size), general(codec, changed));
      const cut = bytes.subarray(0, at);
      assert.equal(decodeInChunks(codec, cut, size), general(codec, cut));
    },
  );
  fc.assert(property, { numRuns: 200, interruptAfterTimeLimit: 10_000 });
}

describe('decoding a long message piece by piece', function () {
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse({ schema: SCHEMA, headers: ['Session'] });
  });

  it('gives what the general decoder gives, in chunks of any size', () => {
    const bytes = Buffer.from(MESSAGE);
    const expected = general(codec, bytes);
    assert.ok(expected.startsWith('{"title":"T","rows":{"page":7,"row":[{'));
    for (const size of [17, 1_000, 65_536, bytes.length]) {
      assert.equal(decodeInChunks(codec, bytes, size), expected);
      assert.equal(decodeInChunks(codec, bytes, size, { generalOnly: true }), expected);
    }
  });

  it('writes JSON before the last of the message has come, and keeps little', () => {
    const end = MESSAGE.indexOf('</t:Rows>');
    const runs: number[] = [];
    const decoder = codec.createDecoder((json) => runs.push(json.length));
    decoder.write(Buffer.from(MESSAGE.slice(0, end)));
    const written = runs.reduce((sum, length) => sum + length, 0);
    assert.ok(written > 0.5 * general(codec, Buffer.from(MESSAGE)).length);
    assert.ok(Math.max(...runs) < 64 * 1024);
    decoder.write(Buffer.from(MESSAGE.slice(end)));
    assert.deepEqual(decoder.end(), { kind: 'message' });
  });

  it('never touches the bytes of another message after its end', () => {
    const decoder = codec.createDecoder(() => undefined);
    decoder.write(Buffer.from(MESSAGE));
    decoder.end();
    assert.throws(() => decoder.end(), /after its end/);
    assert.throws(() => {
      decoder.write(Buffer.from('x'));
    }, /after its end/);
    const short = codec.createDecoder(() => undefined);
    short.write(Buffer.from(envelope(e('Run', e('Total', '1')))));
    assert.deepEqual(short.end(), { kind: 'message' });
    assert.throws(() => short.end(), /^DecodeError/);
  });

  it('reads messages at the same time as each other', () => {
    const texts = ['A', 'B', 'C', 'D', 'E', 'F'].map((title) => MESSAGE.replace('>T<', `>${title}<`));
    const expected = texts.map((text) => general(codec, Buffer.from(text)));
    const open = texts.map((text) => {
      const runs: Uint8Array[] = [];
      return { bytes: Buffer.from(text), runs, decoder: codec.createDecoder((json) => runs.push(json)) };
    });
    for (let from = 0; from < MESSAGE.length; from += 20_000)
      for (const { decoder, bytes } of open) decoder.write(bytes.subarray(from, from + 20_000));
    for (const { decoder } of open) decoder.end();
    assert.deepEqual(
      open.map(({ runs }) => Buffer.concat(runs).toString()),
      expected,
    );
  });

  it('puts declared headers first', () => {
    const bytes = Buffer.from(
      MESSAGE.replace(
        '<s:Body>',
        `<s:Header><u:Id xmlns:u="urn:u">1</u:Id>${e('Session', 'x')}</s:Header><s:Body>`,
      ),
    );
    const expected = general(codec, bytes);
    assert.ok(expected.startsWith('{"@header":{"session":"x"},"title"'));
    assert.equal(decodeInChunks(codec, bytes, 10_000), expected);
  });

  it('fails as the general decoder does, wherever the message goes wrong', () => {
    assertSameFailures(codec, MESSAGE);
  });

  it('keeps the limits on bytes and elements of the whole message', () => {
    const bytes = Buffer.from(MESSAGE);
    for (const limits of [{ maxBytes: bytes.length - 50 }, { maxElements: 7_000 }, { maxElements: 3 }]) {
      const options = { limits: { ...defaultLimits, ...limits } };
      const expected = decodeInChunks(codec, bytes, 10_000, { ...options, generalOnly: true });
      assert.match(expected, /^limit-exceeded/);
      assert.equal(decodeInChunks(codec, bytes, 10_000, options), expected);
    }
  });
});

const SEVERAL = `
  <xs:element name="Run"><xs:complexType><xs:sequence>
    <xs:element name="Asked" type="t:Asked" minOccurs="0"/>
    <xs:element name="First" type="t:Row" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="Page" type="xs:int"/>
    <xs:element name="Found" type="t:Found"/>
    <xs:element name="Last" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Asked"><xs:sequence>
    <xs:element name="Key" type="xs:string" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Found"><xs:sequence>
    <xs:element name="Count" type="xs:int"/>
    <xs:element name="Rows" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="Row" type="t:Row" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="Other" type="t:Row" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Row"><xs:sequence><xs:element name="Id" type="xs:token"/>
    <xs:element name="Part" type="t:Row" minOccurs="0"/></xs:sequence></xs:complexType>`;

function rows(name: string, count: number): string {
  return Array.from({ length: count }, (_, index) =>
    e(name, e('Id', `${name} ${index}`) + (index % 5 === 0 ? e('Part', e('Id', 'part')) : '')),
  ).join('');
}

describe('decoding a long message with several arrays piece by piece', () => {
  let codec: MessageCodec;

  before(async () => {
    codec = await compileResponse({ schema: SEVERAL });
  });

  function message(counts: readonly [first: number, row: number, other: number, last: number]): string {
    const [first, row, other, last] = counts;
    const inner = row + other === 0 ? '' : `<t:Rows>${rows('Row', row)}${rows('Other', other)}</t:Rows>`;
    const asked = e('Asked', e('Key', 'a') + e('Key', 'b'));
    const found = e('Found', e('Count', '1') + inner);
    const ends = e('Last', 'x').repeat(last);
    return envelope(e('Run', asked + rows('First', first) + e('Page', '2') + found + ends));
  }

  it('gives what the general decoder gives, whichever of them is long', () => {
    for (const counts of [
      [0, 4_000, 0, 0],
      [4_000, 0, 0, 9_000],
      [2, 3, 4_000, 1],
      [1_500, 1_500, 1_500, 4_000],
    ] as const) {
      const bytes = Buffer.from(message(counts));
      const expected = general(codec, bytes);
      assert.ok(expected.startsWith('{"asked":'));
      for (const size of [1_000, 65_536, bytes.length])
        assert.equal(decodeInChunks(codec, bytes, size), expected);
      assert.equal(
        outcomeOf(() => codec.decode(bytes)),
        expected,
      );
    }
  });

  it('writes JSON before the last of the message has come where the long array is not the first', () => {
    const text = message([0, 4_000, 0, 1]);
    const end = text.indexOf('</t:Rows>');
    let written = 0;
    const decoder = codec.createDecoder((json) => {
      written += json.length;
    });
    decoder.write(Buffer.from(text.slice(0, end)));
    assert.ok(written > 0.5 * general(codec, Buffer.from(text)).length);
    decoder.write(Buffer.from(text.slice(end)));
    assert.deepEqual(decoder.end(), { kind: 'message' });
  });

  it('fails as the general decoder does, wherever the message goes wrong', () => {
    assertSameFailures(codec, message([900, 900, 900, 3_000]));
  });
});
