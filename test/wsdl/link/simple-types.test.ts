import assert from 'node:assert/strict';
import { contractOfSchema, diagnosticsOfSchema, simpleType } from './wsdl-text.ts';

const XSD = '{http://www.w3.org/2001/XMLSchema}';

function restriction(name: string, base: string, facets: string): string {
  return `<xs:simpleType name="${name}"><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType>`;
}

describe('simple types', () => {
  it('have the facets of all their bases, the nearest counting', async () => {
    const contract = await contractOfSchema(
      restriction('A', 'xs:int', '<xs:minInclusive value="1"/><xs:maxInclusive value="100"/>') +
        restriction('B', 't:A', '<xs:minExclusive value="5"/><xs:totalDigits value="2"/>'),
    );
    const type = simpleType(contract, 'B');
    assert.deepEqual(type.variety, { kind: 'atomic', builtin: 'int' });
    assert.deepEqual(type.facets, {
      whiteSpace: 'collapse',
      fractionDigits: 0,
      maxInclusive: '100',
      minExclusive: '5',
      totalDigits: 2,
    });
  });

  it('join the patterns of one step with or, those of several with and', async () => {
    const contract = await contractOfSchema(
      restriction('A', 'xs:string', '<xs:pattern value="a.*"/><xs:pattern value="b.*"/>') +
        restriction('B', 't:A', '<xs:pattern value=".*z"/>'),
    );
    assert.deepEqual(simpleType(contract, 'B').facets.patterns, [['a.*', 'b.*'], ['.*z']]);
  });

  it('normalise enumerations by their white space, and write QNames in Clark notation', async () => {
    const contract = await contractOfSchema(
      restriction('A', 'xs:token', '<xs:enumeration value="  two  words "/>') +
        restriction('B', 'xs:string', '<xs:enumeration value="  kept "/>') +
        restriction('C', 'xs:QName', '<xs:enumeration value="t:code"/>'),
    );
    assert.deepEqual(simpleType(contract, 'A').facets.enumeration, ['two words']);
    assert.deepEqual(simpleType(contract, 'B').facets.enumeration, ['  kept ']);
    assert.deepEqual(simpleType(contract, 'C').facets.enumeration, ['{urn:test}code']);
  });

  it('are lists and unions of named and anonymous types', async () => {
    const contract = await contractOfSchema(
      `<xs:simpleType name="L"><xs:list><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:list></xs:simpleType>
      <xs:simpleType name="U"><xs:union memberTypes="xs:int t:L"><xs:simpleType><xs:restriction base="xs:token"/></xs:simpleType></xs:union></xs:simpleType>` +
        restriction('R', 't:L', '<xs:maxLength value="3"/>'),
    );
    assert.deepEqual(simpleType(contract, 'L').variety, { kind: 'list', itemType: '{urn:test}L/item' });
    assert.deepEqual(simpleType(contract, 'U').variety, {
      kind: 'union',
      memberTypes: [`${XSD}int`, '{urn:test}L', '{urn:test}U/member3'],
    });
    assert.deepEqual(simpleType(contract, 'R').variety, { kind: 'list', itemType: '{urn:test}L/item' });
    assert.deepEqual(simpleType(contract, 'R').facets, { whiteSpace: 'collapse', maxLength: 3 });
  });

  it('are refused if made of themselves, or of a complex type', async () => {
    const union =
      '<xs:simpleType name="U"><xs:union memberTypes="xs:int t:V"/></xs:simpleType><xs:simpleType name="V"><xs:list itemType="t:U"/></xs:simpleType>';
    assert.match((await diagnosticsOfSchema(union)).join(), /XSD_CIRCULAR: The type "U"/);
    const complex = `<xs:complexType name="C"/>${restriction('A', 't:C', '')}`;
    assert.match(
      (await diagnosticsOfSchema(complex)).join(),
      /XSD_INVALID: A simple type is needed here; "t:C" is complex/,
    );
  });

  it('are refused if a facet is malformed', async () => {
    const facets = '<xs:maxLength value="many"/><xs:whiteSpace value="trim"/>';
    const diagnostics = await diagnosticsOfSchema(restriction('A', 'xs:string', facets));
    assert.equal(diagnostics.length, 2);
    assert.match(
      diagnostics.join(),
      /<xs:whiteSpace> is not preserve.*<xs:maxLength> is not a whole number/s,
    );
  });
});
