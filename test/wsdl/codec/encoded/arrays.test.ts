import assert from 'node:assert/strict';
import type { OperationCodec } from '../../../../wsdl/index.ts';
import { arrayType, compileEncoded, decodeAnswer, failureOf, structType } from './encoded-service.ts';

const VALUES = '<part name="values" type="t:Values"/>';

/** The codec of an answer with one array of the type that `schema` defines as `Values`. */
async function codecOf(schema: string, soapVersion: '1.1' | '1.2' = '1.1'): Promise<OperationCodec> {
  return (await compileEncoded({ schema, parts: VALUES, soapVersion })).codec;
}

function values(content: string, attributes = ''): string {
  return `<values ${attributes}>${content}</values>`;
}

function restriction(content: string, base = 'soapenc:Array'): string {
  return `<xs:complexType name="Values"><xs:complexContent><xs:restriction base="${base}">${content}</xs:restriction></xs:complexContent></xs:complexType>`;
}

describe('an array type', () => {
  const item = '<xs:element name="value" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>';
  const inArray = (name: string): string => `<xs:attribute ref="soapenc:arrayType" ${name}="xs:int[]"/>`;
  const schemas: Readonly<Record<string, string>> = {
    'named by wsdl:arrayType': arrayType('Values', 'xs:int[]'),
    'named by wsdl:arrayType without brackets': arrayType('Values', 'xs:int'),
    'named by arrayType without a namespace': restriction(inArray('arrayType')),
    'named by arrayType in the namespace of the encoding': restriction(inArray('soapenc:arrayType')),
    'written as a sequence': restriction(`<xs:sequence>${item}</xs:sequence>`),
    'of SOAP 1.2, written as a sequence': restriction(
      `<xs:sequence>${item}</xs:sequence><xs:attributeGroup ref="enc:arrayAttributes"/>`,
      'enc:Array',
    ),
    'that extends SOAP-ENC:Array': restriction(inArray('wsdl:arrayType')).replaceAll(
      'restriction',
      'extension',
    ),
    'derived from another array': arrayType('Base', 'xs:int[]') + restriction('<xs:anyAttribute/>', 't:Base'),
  };
  for (const [how, schema] of Object.entries(schemas)) {
    it(`${how} is a JSON array`, async () => {
      const codec = await codecOf(schema);
      assert.deepEqual(decodeAnswer(codec, values('<a>1</a><b>2</b>')), { values: [1, 2] });
    });
  }

  it('that says nothing of its items takes what they say themselves', async () => {
    const codec = await codecOf(restriction(''));
    assert.deepEqual(
      decodeAnswer(codec, values('<i xsi:type="xs:int">1</i><i xsi:type="soapenc:string">x</i><i>y</i>')),
      {
        values: [
          { '@type': 'xs:int', value: 1 },
          { '@type': 'soapenc:string', value: 'x' },
          { '@mixed': 'y' },
        ],
      },
    );
  });

  it('of anything takes the type of its items from the message', async () => {
    const codec = await codecOf(arrayType('Values', 'xs:anyType[]'));
    const old = 'xmlns:x="http://www.w3.org/1999/XMLSchema" soapenc:arrayType="x:int[2]"';
    assert.deepEqual(decodeAnswer(codec, values('<i>1</i><i>2</i>', old)), {
      values: [
        { '@type': 'xs:int', value: 1 },
        { '@type': 'xs:int', value: 2 },
      ],
    });
  });

  it('may contain itself', async () => {
    const codec = await codecOf(arrayType('Values', 't:Values[]'));
    const empty = (id: string): string => `<i soapenc:arrayType="t:Values[0]" id="${id}"/>`;
    assert.deepEqual(decodeAnswer(codec, values(`<i>${empty('a')}</i>${empty('b')}`)), {
      values: [[[]], []],
    });
  });
});

describe('an array in a message', () => {
  let codec: OperationCodec;
  let matrix: OperationCodec;

  before(async () => {
    codec = await codecOf(arrayType('Values', 'xs:int[]'));
    matrix = await codecOf(arrayType('Values', 'xs:int[,]'));
  });

  it('is as long as its items are many', () => {
    assert.deepEqual(decodeAnswer(codec, values('<i>1</i><i>2</i>', 'soapenc:arrayType="xs:int[7]"')), {
      values: [1, 2],
    });
    assert.deepEqual(decodeAnswer(codec, values('', 'soapenc:arrayType="xs:int[]"')), { values: [] });
  });

  it('has null where nothing was sent: before an offset, between positions, up to its size', () => {
    const size = 'soapenc:arrayType="xs:int[5]"';
    assert.deepEqual(decodeAnswer(codec, values('<i>1</i><i>2</i>', `${size} soapenc:offset="[2]"`)), {
      values: [null, null, 1, 2, null],
    });
    const positions = '<i soapenc:position="[3]">3</i><i soapenc:position="[1]">1</i>';
    assert.deepEqual(decodeAnswer(codec, values(positions, size)), { values: [null, 1, null, 3, null] });
    assert.deepEqual(decodeAnswer(codec, values(positions)), { values: [null, 1, null, 3] });
  });

  it('with several dimensions is an array of arrays', () => {
    const sizes = 'soapenc:arrayType="xs:int[2,3]"';
    const items = [1, 2, 3, 4, 5, 6].map((value) => `<i>${value}</i>`).join('');
    assert.deepEqual(decodeAnswer(matrix, values(items, sizes)), {
      values: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    });
    assert.deepEqual(decodeAnswer(matrix, values('<i soapenc:position="[1,0]">4</i>', sizes)), {
      values: [
        [null, null, null],
        [4, null, null],
      ],
    });
    assert.deepEqual(decodeAnswer(matrix, values('', 'soapenc:arrayType="xs:int[2,0]"')), {
      values: [[], []],
    });
  });

  it('says its size in the words of SOAP 1.2', async () => {
    const newer = await codecOf(arrayType('Values', 'xs:int[,]'), '1.2');
    const sizes = 'enc:itemType="xs:int" enc:arraySize="2 1"';
    assert.deepEqual(decodeAnswer(newer, values('<i>1</i><i>2</i>', sizes)), { values: [[1], [2]] });
  });

  it('is refused where its places make no sense', () => {
    const refused: readonly (readonly [OperationCodec, string, RegExp])[] = [
      [
        codec,
        values('', 'soapenc:arrayType="xs:int[2,2]"'),
        /has 2 dimensions, the contract says 1 dimension/,
      ],
      [matrix, values('<i>1</i>'), /must say the size of each of its 2 dimensions/],
      [
        matrix,
        values('<i>1</i><i>2</i>', 'soapenc:arrayType="xs:int[1,1]"'),
        /more items than its size says/,
      ],
      [
        matrix,
        values('<i soapenc:position="[0,1]">1</i>', 'soapenc:arrayType="xs:int[1,1]"'),
        /position is outside of the array/,
      ],
      [codec, values('', 'soapenc:offset="two"'), /offset must have 1 whole numbers in brackets/],
      [
        codec,
        values('<i soapenc:position="[1]">1</i><i soapenc:position="[1]">1</i>'),
        /has two items at one place/,
      ],
    ];
    for (const [decoder, content, message] of refused) {
      const failure = failureOf(decoder, content);
      assert.equal(failure.code, 'invalid-value');
      assert.match(failure.message, message);
    }
  });

  it('of enormous size reaches a limit', () => {
    for (const [decoder, content] of [
      [codec, values('<i soapenc:position="[999999999999]">1</i>')],
      [codec, values('', 'soapenc:arrayType="xs:int[999999999999]" soapenc:offset="[0]"')],
      [matrix, values('', 'soapenc:arrayType="xs:int[999999999,999999999]"')],
      [matrix, values('', 'soapenc:arrayType="xs:int[999999999,0]"')],
    ] as const) {
      assert.equal(failureOf(decoder, content, '', { maxEncodedElements: 10_000 }).code, 'limit-exceeded');
    }
  });

  it('in a literal message is read the same way', async () => {
    const schema =
      arrayType('Values', 't:Item[]') + structType('Item', '<xs:element name="a" type="xs:int"/>');
    const { codec: literal } = await compileEncoded({ use: 'literal', schema, parts: VALUES });
    const xml = literal.input.encode({ values: [{ a: 1 }, null] });
    assert.match(
      Buffer.from(xml).toString(),
      /<values soapenc:arrayType="tns:Item\[2\]"><item><a>1<\/a><\/item><item xsi:nil="true"><\/item><\/values>/,
    );
    const decoded = literal.input.decode(xml);
    assert.ok(decoded.kind === 'message');
    assert.equal(Buffer.from(decoded.json).toString(), '{"values":[{"a":1},null]}');
  });
});
