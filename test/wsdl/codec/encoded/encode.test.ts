import assert from 'node:assert/strict';
import { ValueError, type JsonValue, type OperationCodec } from '../../../../wsdl/index.ts';
import { arrayType, compileEncoded, encodeCall, structType } from './encoded-service.ts';

function faultsOf(codec: OperationCodec, value: JsonValue): string[] {
  try {
    encodeCall(codec, value);
  } catch (error) {
    assert.ok(error instanceof ValueError);
    return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return assert.fail('the value was taken');
}

describe('encoding by SOAP encoding', () => {
  it('names the encoding on the wrapper, and the type on every accessor', async () => {
    const { codec } = await compileEncoded({
      schema: structType(
        'Address',
        '<xs:element name="street" type="xs:string"/><xs:element name="number" type="soapenc:int"/>',
      ),
      parts: '<part name="id" type="xs:long"/><part name="address" type="t:Address"/>',
    });
    const value = { id: '7', address: { street: 'High Street', number: 5 } };
    assert.match(
      Buffer.from(codec.input.encode(value)).toString(),
      /<tns:Run soap:encodingStyle="http:\/\/schemas.xmlsoap.org\/soap\/encoding\/">/,
    );
    assert.equal(
      encodeCall(codec, value),
      '<id xsi:type="xs:long">7</id><address xsi:type="tns:Address"><street xsi:type="xs:string">High Street</street><number xsi:type="soapenc:int">5</number></address>',
    );
  });

  it('says the size of an array and the type of each item', async () => {
    const { codec } = await compileEncoded({
      schema: arrayType('Names', 'xs:string[]'),
      parts: '<part name="names" type="t:Names"/>',
    });
    assert.equal(
      encodeCall(codec, { names: ['a', null, ''] }),
      '<names xsi:type="tns:Names" soapenc:arrayType="xs:string[3]"><item xsi:type="xs:string">a</item><item xsi:type="xs:string" xsi:nil="true"/><item xsi:type="xs:string"></item></names>',
    );
    assert.equal(
      encodeCall(codec, { names: [] }),
      '<names xsi:type="tns:Names" soapenc:arrayType="xs:string[0]"></names>',
    );
    assert.deepEqual(faultsOf(codec, { names: ['a', 5] }), ['/names/1 type']);
    assert.deepEqual(faultsOf(codec, { names: 'a' }), ['/names type']);
  });

  it('writes an array of arrays as arrays, several dimensions as one row', async () => {
    const { codec } = await compileEncoded({
      schema: arrayType('Rows', 'xs:int[][]') + arrayType('Matrix', 'xs:int[,]'),
      parts: '<part name="rows" type="t:Rows"/><part name="matrix" type="t:Matrix"/>',
    });
    const item = (value: number): string => `<item xsi:type="xs:int">${value}</item>`;
    const row = (...values: number[]): string =>
      `<item xsi:type="soapenc:Array" soapenc:arrayType="xs:int[${values.length}]">${values.map(item).join('')}</item>`;
    const xml = encodeCall(codec, {
      rows: [[1, 2], [3]],
      matrix: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    });
    assert.equal(
      xml,
      `<rows xsi:type="tns:Rows" soapenc:arrayType="xs:int[][2]">${row(1, 2)}${row(3)}</rows>` +
        `<matrix xsi:type="tns:Matrix" soapenc:arrayType="xs:int[2,3]">${[1, 2, 3, 4, 5, 6].map(item).join('')}</matrix>`,
    );
    assert.deepEqual(faultsOf(codec, { rows: [], matrix: [[1, 2], [3]] }), ['/matrix/1 occurrence']);
    assert.deepEqual(faultsOf(codec, { rows: [], matrix: [[1], null] }), ['/matrix/1 not-nillable']);
  });

  it('says arrays in the words of SOAP 1.2', async () => {
    const { codec } = await compileEncoded({
      soapVersion: '1.2',
      schema: arrayType('Names', 'xs:string[]') + arrayType('Matrix', 'xs:int[,]'),
      parts: '<part name="names" type="t:Names"/><part name="matrix" type="t:Matrix"/>',
    });
    assert.equal(
      encodeCall(codec, { names: ['a'], matrix: [[1, 2]] }),
      '<names xsi:type="tns:Names" enc:itemType="xs:string" enc:arraySize="1"><item xsi:type="xs:string">a</item></names>' +
        '<matrix xsi:type="tns:Matrix" enc:itemType="xs:int" enc:arraySize="1 2"><item xsi:type="xs:int">1</item><item xsi:type="xs:int">2</item></matrix>',
    );
  });

  it('names the type once: the derived one that the value says, what stands for anything by its own', async () => {
    const extension =
      '<xs:complexType name="Dog"><xs:complexContent><xs:extension base="t:Animal"><xs:sequence><xs:element name="barks" type="xs:boolean"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>';
    const { codec } = await compileEncoded({
      schema: structType('Animal', '<xs:element name="name" type="xs:string"/>') + extension,
      parts:
        '<part name="a" type="t:Animal"/><part name="b" type="t:Animal"/><part name="c" type="xs:anyType"/>',
    });
    assert.equal(
      encodeCall(codec, {
        a: { name: 'x' },
        b: { '@type': 'Dog', name: 'y', barks: true },
        c: { '@type': 'xs:int', value: 5 },
      }),
      '<a xsi:type="tns:Animal"><name xsi:type="xs:string">x</name></a>' +
        '<b xsi:type="tns:Dog"><name xsi:type="xs:string">y</name><barks xsi:type="xs:boolean">true</barks></b>' +
        '<c xsi:type="xs:int">5</c>',
    );
  });

  it('lets any accessor be null', async () => {
    const { codec } = await compileEncoded({
      schema:
        structType('Pair', '<xs:element name="left" type="xs:int"/>') + arrayType('Names', 'xs:string[]'),
      parts:
        '<part name="pair" type="t:Pair"/><part name="other" type="t:Pair"/><part name="names" type="t:Names"/>',
    });
    assert.equal(
      encodeCall(codec, { pair: { left: null }, other: null, names: null }),
      '<pair xsi:type="tns:Pair"><left xsi:type="xs:int" xsi:nil="true"/></pair><other xsi:type="tns:Pair" xsi:nil="true"></other><names xsi:type="tns:Names" xsi:nil="true"></names>',
    );
  });

  it('writes a literal call as ever, beside an encoded answer', async () => {
    const { codec } = await compileEncoded({
      use: 'literal',
      schema: structType('Pair', '<xs:element name="left" type="xs:int"/>'),
      parts: '<part name="pair" type="t:Pair"/>',
    });
    assert.equal(encodeCall(codec, { pair: { left: 1 } }), '<pair><left>1</left></pair>');
    assert.match(
      Buffer.from(codec.output!.encode({ pair: { left: 1 } })).toString(),
      /<left xsi:type="xs:int">1</,
    );
    assert.deepEqual(faultsOf(codec, { pair: { left: null } }), ['/pair/left not-nillable']);
  });
});
