import assert from 'node:assert/strict';
import { compileResponse, decodeText, e, envelope, failureOf, runOf } from './decoding.ts';

const RUN = runOf('<xs:sequence><xs:element name="A" type="xs:int" minOccurs="0"/></xs:sequence>');
const ENVELOPE_11 = 'http://schemas.xmlsoap.org/soap/envelope/';

describe('the envelope', () => {
  it('may use any prefix, and be followed by white space, comments and processing instructions', async () => {
    const codec = await compileResponse(RUN);
    const xml = `<?xml version="1.0"?><!-- x --><Envelope xmlns="${ENVELOPE_11}"> <Body>\n<Run xmlns="urn:t"><A>1</A></Run> </Body> </Envelope>\n<!-- y --><?z?>`;
    assert.equal(decodeText(codec, xml), '{"a":1}');
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['another document', '<html/>', 'not-soap /html'],
    ['SOAP 1.2 instead of 1.1', envelope('', '', '1.2'), 'version-mismatch /Envelope'],
    ['an Envelope of an unknown namespace', '<Envelope/>', 'version-mismatch /Envelope'],
    ['no Body', `<s:Envelope xmlns:s="${ENVELOPE_11}"/>`, 'missing-element /Envelope'],
    [
      'two Bodies',
      envelope(e('Run')).replace('</s:Envelope>', '<s:Body/></s:Envelope>'),
      'unexpected-element /Envelope/Body',
    ],
    [
      'a Header behind the Body',
      envelope(e('Run')).replace('</s:Envelope>', '<s:Header/></s:Envelope>'),
      'unexpected-element /Envelope/Header',
    ],
    [
      'two Headers',
      envelope(e('Run')).replace('<s:Body>', '<s:Header/><s:Header/><s:Body>'),
      'unexpected-element /Envelope/Header',
    ],
    [
      'another element in the Envelope',
      envelope(e('Run')).replace('<s:Body>', '<t:x/><s:Body>'),
      'unexpected-element /Envelope/x',
    ],
    [
      'text in the Envelope',
      envelope(e('Run')).replace('<s:Body>', 'x<s:Body>'),
      'unexpected-text /Envelope',
    ],
    ['text in the Body', envelope('x'), 'unexpected-text /Envelope/Body'],
    ['an empty Body', envelope(''), 'missing-element /Envelope/Body'],
    ['another element in the Body', envelope(e('Other')), 'unexpected-element /Envelope/Body/Other'],
    ['two elements in the Body', envelope(e('Run') + e('Run')), 'unexpected-element /Envelope/Body/Run'],
    ['an element behind the Envelope', `${envelope(e('Run'))}<x/>`, 'not-xml '],
    ['text behind the Envelope', `${envelope(e('Run'))}x`, 'not-xml '],
    ['half an Envelope', envelope(e('Run')).slice(0, -9), 'cut-off /Envelope'],
    ['nothing', '', 'cut-off '],
    ['a DTD', `<!DOCTYPE x>${envelope(e('Run'))}`, 'dtd-forbidden '],
    ['malformed XML', envelope('<t:Run><t:A></t:Run>'), 'not-xml /Envelope/Body/Run/A'],
  ];
  for (const [title, xml, failure] of refused) {
    it(`must not be ${title}`, async () => {
      const codec = await compileResponse(RUN);
      assert.equal(failureOf(codec, xml), failure);
    });
  }

  it('is read in the charset of the transport, within the limits', async () => {
    const codec = await compileResponse(
      runOf('<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>'),
    );
    const xml = Buffer.from(envelope(e('Run', e('A', 'é'))), 'latin1');
    const decoded = codec.decode(xml, { charset: 'iso-8859-1' });
    assert.equal(decoded.kind === 'message' && Buffer.from(decoded.json).toString(), '{"a":"é"}');
    assert.throws(() => codec.decode(xml, { charset: 'x-unknown' }), { code: 'unsupported-encoding' });
  });

  it('lets the same decoder fail again once it has failed', async () => {
    const codec = await compileResponse(RUN);
    const decoder = codec.createDecoder(() => assert.fail('nothing may be written'));
    assert.throws(
      () => {
        decoder.write(Buffer.from('<html>'));
        decoder.end();
      },
      { code: 'not-soap' },
    );
    assert.throws(
      () => {
        decoder.write(Buffer.from('x'));
      },
      { code: 'not-soap' },
    );
    assert.throws(() => decoder.end(), { code: 'not-soap' });
  });

  it('accepts attributes of SOAP on any element', async () => {
    const codec = await compileResponse(RUN);
    const xml = envelope(e('Run', '', ' s:encodingStyle="urn:x"')).replace('<s:Body>', '<s:Body t:id="1">');
    assert.equal(decodeText(codec, xml), '{}');
  });
});

describe('headers', () => {
  const service = {
    schema: `${RUN.schema}<xs:element name="H"><xs:complexType><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType></xs:element><xs:element name="G" type="xs:string"/>`,
    headers: ['H', 'G'],
  };

  it('that are declared come first, under @header', async () => {
    const codec = await compileResponse(service);
    assert.equal(
      decodeText(
        codec,
        envelope(e('Run', e('A', '1')), e('G', 'g') + e('H', e('X', '2'), ' s:mustUnderstand="1"')),
      ),
      '{"@header":{"g":"g","h":{"x":2}},"a":1}',
    );
    assert.equal(decodeText(codec, envelope(e('Run', e('A', '1')), ' ')), '{"a":1}');
  });

  it('that are declared must fit their declaration and come once', async () => {
    const codec = await compileResponse(service);
    assert.equal(failureOf(codec, envelope(e('Run'), e('H'))), 'missing-element /Envelope/Header/H');
    assert.equal(
      failureOf(codec, envelope(e('Run'), e('G') + e('G'))),
      'unexpected-element /Envelope/Header/G',
    );
  });

  it('that are not declared are passed over, unless the receiver must understand them', async () => {
    const codec = await compileResponse(service);
    const header = (attributes: string): string => envelope(e('Run'), e('Other', '<a>x<b/></a>', attributes));
    for (const attributes of [
      '',
      ' s:mustUnderstand="0"',
      ' mustUnderstand="1"',
      ' s:mustUnderstand="1" s:actor="urn:someone-else"',
    ]) {
      assert.equal(decodeText(codec, header(attributes)), '{}');
    }
    for (const attributes of [
      ' s:mustUnderstand="1"',
      ' s:mustUnderstand="true"',
      ' s:mustUnderstand="1" s:actor=""',
      ' s:mustUnderstand="1" s:actor="http://schemas.xmlsoap.org/soap/actor/next"',
    ]) {
      assert.equal(failureOf(codec, header(attributes)), 'must-understand /Envelope/Header/Other');
    }
  });

  it('of SOAP 1.2 say by their role whom they are for', async () => {
    const codec = await compileResponse({ ...service, soapVersion: '1.2' });
    const roles = 'http://www.w3.org/2003/05/soap-envelope/role';
    const header = (role: string): string =>
      envelope(e('Run'), e('Other', '', ` s:mustUnderstand="true" s:role="${role}"`), '1.2');
    for (const role of ['', `${roles}/next`, `${roles}/ultimateReceiver`])
      assert.equal(failureOf(codec, header(role)), 'must-understand /Envelope/Header/Other');
    for (const role of ['urn:someone-else', `${roles}/none`])
      assert.equal(decodeText(codec, header(role)), '{}');
  });
});

describe('rpc style', () => {
  const rpc = {
    style: 'rpc',
    schema:
      '<xs:complexType name="P"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>',
    parts: '<part name="one" type="xs:int"/><part name="two" type="t:P"/>',
  } as const;

  it('reads the accessors of the wrapper in any order', async () => {
    const codec = await compileResponse(rpc);
    assert.equal(
      decodeText(codec, envelope(e('RunResponse', `<one>1</one><two>${e('X', '2')}</two>`))),
      '{"one":1,"two":{"x":2}}',
    );
    assert.equal(
      decodeText(codec, envelope(e('RunResponse', `<two>${e('X', '2')}</two><one>1</one>`))),
      '{"two":{"x":2},"one":1}',
    );
  });

  it('refuses another wrapper, qualified or missing accessors, and anything more', async () => {
    const codec = await compileResponse(rpc);
    const two = `<two>${e('X', '2')}</two>`;
    assert.equal(failureOf(codec, envelope(e('Run', two))), 'unexpected-element /Envelope/Body/Run');
    assert.equal(failureOf(codec, envelope('')), 'missing-element /Envelope/Body');
    assert.equal(
      failureOf(codec, envelope(e('RunResponse', `${e('one', '1')}${two}`))),
      'unexpected-element /Envelope/Body/RunResponse/one',
    );
    assert.equal(
      failureOf(codec, envelope(e('RunResponse', two))),
      'missing-element /Envelope/Body/RunResponse',
    );
    assert.equal(
      failureOf(codec, envelope(e('RunResponse', `${two}<one>1</one><one>1</one>`))),
      'unexpected-element /Envelope/Body/RunResponse/one',
    );
    assert.equal(
      failureOf(codec, envelope(`${e('RunResponse', `<one>1</one>${two}`)}<x/>`)),
      'unexpected-element /Envelope/Body/x',
    );
  });
});

describe('rpc style, encoded', () => {
  it('passes over what the encoding adds', async () => {
    const codec = await compileResponse({
      style: 'rpc',
      use: 'encoded',
      schema: `<xs:complexType name="P"><xs:sequence><xs:element name="X" type="xs:int" nillable="true"/></xs:sequence></xs:complexType>`,
      parts: '<part name="one" type="xs:string"/><part name="two" type="t:P"/>',
    });
    const one = '<one xsi:type="xs:string" id="i1">1</one>';
    const two = `<two xsi:type="x:Unknown" e:root="1" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/">${e('X', '', ' xsi:nil="1" id="i2"')}</two>`;
    const xml = envelope(
      e('RunResponse', one + two, ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'),
    );
    assert.equal(decodeText(codec, xml), '{"one":"1","two":{"x":null}}');
  });
});

describe('a body of simple elements', () => {
  it('is an object with a member for each', async () => {
    const codec = await compileResponse({ schema: '<xs:element name="Run" type="xs:int" nillable="true"/>' });
    assert.equal(decodeText(codec, envelope(e('Run', '5'))), '{"run":5}');
    assert.equal(decodeText(codec, envelope(e('Run', '', ' xsi:nil="true"'))), '{"run":null}');
    assert.equal(failureOf(codec, envelope('')), 'missing-element /Envelope/Body');
    assert.equal(
      failureOf(codec, envelope(e('Run', '5') + e('Run', '5'))),
      'unexpected-element /Envelope/Body/Run',
    );
  });
});
