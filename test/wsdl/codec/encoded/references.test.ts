import assert from 'node:assert/strict';
import type { OperationCodec } from '../../../../wsdl/index.ts';
import { arrayType, compileEncoded, decodeAnswer, failureOf, structType } from './encoded-service.ts';

const SCHEMA =
  structType(
    'Node',
    '<xs:element name="name" type="xs:string"/><xs:element name="left" type="t:Node" minOccurs="0"/><xs:element name="right" type="t:Node" minOccurs="0"/>',
  ) + arrayType('Nodes', 't:Node[]');

describe('references', () => {
  let codec: OperationCodec;

  before(async () => {
    const parts = '<part name="root" type="t:Node"/><part name="others" type="t:Nodes"/>';
    ({ codec } = await compileEncoded({ schema: SCHEMA, parts }));
  });

  const multiRef = (id: string, content: string, attributes = 'soapenc:root="0"'): string =>
    `<multiRef id="${id}" xsi:type="t:Node" ${attributes}>${content}</multiRef>`;

  it('are followed to elements behind the wrapper, forwards and backwards', () => {
    assert.deepEqual(
      decodeAnswer(
        codec,
        '<root href="#1"/><others><item href="#2"/></others>',
        multiRef('2', '<name>b</name>') + multiRef('1', '<name>a</name><left href="#2"/>'),
      ),
      { root: { name: 'a', left: { name: 'b' } }, others: [{ name: 'b' }] },
    );
  });

  it('are followed to elements within the value, and through other references', () => {
    assert.deepEqual(
      decodeAnswer(
        codec,
        '<root><name id="n">a</name><left><name href="#x"/></left></root><others href="#all"/>',
        '<x id="x" href="#n"/><soapenc:Array id="all" soapenc:arrayType="t:Node[1]"><t:Node><name href="#n"/></t:Node></soapenc:Array>',
      ),
      { root: { name: 'a', left: { name: 'a' } }, others: [{ name: 'a' }] },
    );
  });

  it('of SOAP 1.2 are followed by enc:ref and enc:id', async () => {
    const parts = '<part name="root" type="t:Node"/><part name="other" type="t:Node"/>';
    const { codec: newer } = await compileEncoded({ soapVersion: '1.2', schema: SCHEMA, parts });
    assert.deepEqual(decodeAnswer(newer, '<root enc:id="a"><name>x</name></root><other enc:ref="a"/>'), {
      root: { name: 'x' },
      other: { name: 'x' },
    });
  });

  it('to a null are null', () => {
    assert.deepEqual(
      decodeAnswer(codec, '<root href="#1"/><others href="#1"/>', '<multiRef id="1" xsi:nil="1"/>'),
      { root: null, others: null },
    );
  });

  it('in a circle are refused', () => {
    const cases = [
      multiRef('1', '<name>a</name><left href="#1"/>'),
      multiRef('1', '<name>a</name><left href="#2"/>') + multiRef('2', '<name>b</name><right href="#1"/>'),
      '<multiRef id="1" href="#1"/>',
    ];
    for (const beside of cases) {
      const { code, message } = failureOf(codec, '<root href="#1"/><others/>', beside);
      assert.equal(code, 'invalid-value');
      assert.match(message, /JSON cannot express a cycle/);
    }
  });

  it('that are a value of their own too are refused, with the place', () => {
    const beside = multiRef('1', '<name>b</name>');
    const cases: [root: string, why: RegExp][] = [
      ['<left href="#1"><name>own</name></left>', /has content and refers to "#1": it can be only one/],
      ['<left href="#1">text</left>', /has content and refers to "#1"/],
      ['<left href="#1" xsi:nil="true"/>', /is nil and refers to "#1"/],
    ];
    for (const [left, why] of cases) {
      const failure = failureOf(codec, `<root><name>a</name>${left}</root><others/>`, beside);
      assert.equal(failure.path, '/Envelope/Body/RunResponse/root/left');
      assert.match(failure.message, why);
    }
    assert.deepEqual(
      decodeAnswer(
        codec,
        '<root href="#1">\n </root><others href="#2"/>',
        `${beside}<x id="2" xsi:nil="1"/>`,
      ),
      { root: { name: 'b' }, others: null },
    );
  });

  it('to an id that several elements have are refused; an id that nothing refers to may be there twice', () => {
    const twice = multiRef('1', '<name>b</name>') + multiRef('1', '<name>c</name>');
    assert.match(
      failureOf(codec, '<root href="#1"/><others/>', twice).message,
      /refers to "#1", which several elements of the Body have as their id/,
    );
    assert.deepEqual(decodeAnswer(codec, '<root><name>a</name></root><others/>', twice), {
      root: { name: 'a' },
      others: [],
    });
  });

  it('to what is not there are refused, with the place', () => {
    const missing = failureOf(codec, '<root><name>a</name><left href="#9"/></root><others/>');
    assert.equal(missing.path, '/Envelope/Body/RunResponse/root/left');
    assert.match(missing.message, /refers to "#9", which no element of the Body has as its id/);
    assert.match(
      failureOf(codec, '<root href="cid:part1"/><others/>').message,
      /refers to "cid:part1", an attachment, but its type is not binary/,
    );
  });

  it('that multiply without end reach a limit', () => {
    const levels = Array.from({ length: 60 }, (_, level) =>
      multiRef(String(level), `<name>x</name><left href="#${level + 1}"/><right href="#${level + 1}"/>`),
    );
    const laughs = levels.join('') + multiRef('60', '<name>x</name>');
    const { code, message } = failureOf(codec, '<root href="#0"/><others/>', laughs, {
      maxEncodedElements: 5_000,
    });
    assert.equal(code, 'limit-exceeded');
    assert.match(message, /references and arrays expand to too many elements \(limit 5000\)/);
  });

  it('that repeat a long text reach a limit', () => {
    const items = '<item><name href="#n"/></item>'.repeat(100);
    const { code } = failureOf(
      codec,
      `<root><name id="n">${'x'.repeat(1_000)}</name></root><others>${items}</others>`,
      '',
      { maxBytes: 50_000 },
    );
    assert.equal(code, 'limit-exceeded');
  });

  it('in a long chain reach the limit on depth', () => {
    const chain = Array.from({ length: 300 }, (_, level) =>
      multiRef(String(level), `<name>x</name><left href="#${level + 1}"/>`),
    );
    const { code } = failureOf(
      codec,
      '<root href="#0"/><others/>',
      chain.join('') + multiRef('300', '<name/>'),
    );
    assert.equal(code, 'limit-exceeded');
  });
});
