import assert from 'node:assert/strict';
import { compileCodec, DecodeError, type JsonValue } from '../../../wsdl/index.ts';
import { compileTexts, schema, wsdlAround } from './wsdl-text.ts';

const A = '<xs:element name="A" type="xs:int" maxOccurs="unbounded"/>';
const B = '<xs:element name="B" type="xs:int" minOccurs="0"/>';
const C = '<xs:element name="C" type="xs:int"/>';

async function compile(model: string): Promise<Awaited<ReturnType<typeof compileTexts>>> {
  const run = `<xs:element name="Run"><xs:complexType><xs:sequence>${model}</xs:sequence></xs:complexType></xs:element>`;
  return compileTexts({ 'a.wsdl': wsdlAround(schema(run)) });
}

async function warningsOf(model: string): Promise<string[]> {
  const { diagnostics } = await compile(model);
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

const sequence = (occurs: string, content: string): string =>
  `<xs:sequence ${occurs}>${content}</xs:sequence>`;

describe('a group of which one run of elements may be one occurrence or several', () => {
  it('is warned of where it must occur more than once, and not without bound', async () => {
    for (const model of [
      sequence('minOccurs="2" maxOccurs="2"', A + B),
      sequence('minOccurs="2" maxOccurs="5"', B + A),
      sequence(
        'minOccurs="2" maxOccurs="2"',
        B + sequence('minOccurs="1" maxOccurs="3"', C + C.replace('C', 'D')),
      ),
      `<xs:choice minOccurs="2" maxOccurs="3">${A}${C}</xs:choice>`,
    ])
      assert.deepEqual(await warningsOf(model), ['warning XSD_UNSUPPORTED'], model);
  });

  it('is not warned of where its elements tell, or it may go on', async () => {
    for (const model of [
      sequence('minOccurs="2" maxOccurs="2"', A + C),
      sequence('minOccurs="2" maxOccurs="unbounded"', A + B),
      sequence('minOccurs="0" maxOccurs="2"', A + B),
      sequence('minOccurs="2" maxOccurs="2"', B + C),
    ])
      assert.deepEqual(await warningsOf(model), [], model);
  });

  it('has occurrences as short as they may be, until there are enough', async () => {
    const { contract } = await compile(sequence('minOccurs="2" maxOccurs="2"', A + B));
    const { input } = compileCodec(contract!, { operation: 'Run' });
    const read = (value: JsonValue): unknown => {
      const decoded = input.decode(input.encode(value));
      assert.ok(decoded.kind === 'message');
      return JSON.parse(Buffer.from(decoded.json).toString());
    };
    const value = { '@sequence': [{ a: [1] }, { a: [2, 3], b: 4 }] };
    assert.deepEqual(read(value), value);
    assert.deepEqual(read({ '@sequence': [{ a: [1, 2] }, { a: [3] }] }), {
      '@sequence': [{ a: [1] }, { a: [2, 3] }],
    });
    assert.throws(
      () => read({ '@sequence': [{ a: [1, 2], b: 3 }, { a: [4] }] }),
      (error) => error instanceof DecodeError && error.code === 'unexpected-element',
    );
  });
});
