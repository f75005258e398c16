import assert from 'node:assert/strict';
import { outline } from './outline.ts';
import {
  complexType,
  contractOf,
  contractOfSchema,
  diagnosticsOfSchema,
  schema,
  wsdlAround,
} from './wsdl-text.ts';

const S = 'type="xs:string"';
const BASE = `<xs:complexType name="Base"><xs:sequence><xs:element name="Id" ${S}/><xs:element name="Note" ${S} minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:attribute name="lang" use="required"/></xs:complexType>`;

function derived(
  name: string,
  way: 'extension' | 'restriction',
  base: string,
  content: string,
  attributes = '',
): string {
  return `<xs:complexType name="${name}" ${attributes}><xs:complexContent><xs:${way} base="t:${base}">${content}</xs:${way}></xs:complexContent></xs:complexType>`;
}

describe('derived complex types', () => {
  it('extend the content and attributes of their base, and keep its names', async () => {
    const own = `<xs:sequence><xs:element name="id" ${S}/><xs:element name="Lang" ${S}/></xs:sequence><xs:attribute name="note"/>`;
    const contract = await contractOfSchema(BASE + derived('D', 'extension', 'Base', own));
    const type = complexType(contract, 'D');
    assert.equal(outline(type), 'sequence(id, note[0..*]!, id2, lang2)');
    assert.deepEqual(
      type.attributes.map(({ jsonName, required }) => [jsonName, required]),
      [
        ['lang', true],
        ['note2', false],
      ],
    );
    assert.equal(type.base, '{urn:test}Base');
    assert.equal(type.derivation, 'extension');
  });

  it('keep a choice of the base a group of its own', async () => {
    const base = `<xs:complexType name="Base"><xs:choice minOccurs="0"><xs:element name="a" ${S}/><xs:element name="b" ${S}/></xs:choice></xs:complexType>`;
    const contract = await contractOfSchema(
      base + derived('D', 'extension', 'Base', `<xs:sequence><xs:element name="c" ${S}/></xs:sequence>`),
    );
    assert.equal(outline(complexType(contract, 'D')), 'sequence(choice?(a, b), c)');
  });

  it('restrict to their own content, with the names of the base, and its attributes but for those prohibited', async () => {
    const base = `<xs:complexType name="Base"><xs:sequence><xs:element name="ID" ${S}/><xs:element name="Id" ${S}/></xs:sequence><xs:attribute name="id"/><xs:attribute name="x"/></xs:complexType>`;
    const own = `<xs:sequence><xs:element name="Id" ${S}/></xs:sequence><xs:attribute name="x" use="prohibited"/><xs:attribute name="id" use="required"/>`;
    const type = complexType(await contractOfSchema(base + derived('D', 'restriction', 'Base', own)), 'D');
    assert.equal(outline(type), 'sequence(id2)');
    assert.deepEqual(
      type.attributes.map(({ jsonName, required }) => [jsonName, required]),
      [['id3', true]],
    );
  });

  it('may stand in place of their bases: concrete, named and not blocked', async () => {
    const contract = await contractOfSchema(
      `<xs:complexType name="Base" abstract="true"/>` +
        derived('A', 'extension', 'Base', '', 'block="restriction"') +
        derived('B', 'restriction', 'A', '') +
        derived('C', 'extension', 'B', '', 'abstract="true"') +
        derived('D', 'extension', 'C', ''),
    );
    const substitutes = (name: string): string[] =>
      complexType(contract, name).substitutes.map((key) => key.slice('{urn:test}'.length));
    assert.deepEqual(substitutes('Base'), ['A', 'B', 'D']);
    assert.deepEqual(substitutes('A'), ['A']);
    assert.deepEqual(substitutes('B'), ['B', 'D']);
    assert.deepEqual(substitutes('C'), ['D']);
    assert.deepEqual(substitutes('D'), ['D']);
  });

  it('must not derive from themselves, nor from a simple type with complexContent', async () => {
    const circular = derived('A', 'extension', 'B', '') + derived('B', 'extension', 'A', '');
    assert.match(
      (await diagnosticsOfSchema(circular)).join(),
      /test\.wsdl:1:\d+ error XSD_CIRCULAR: The type "A" is derived from itself/,
    );
    const simple = `<xs:simpleType name="S"><xs:restriction base="xs:string"/></xs:simpleType>${derived('D', 'extension', 'S', '')}`;
    assert.match((await diagnosticsOfSchema(simple)).join(), /XSD_INVALID: "t:S" is a simple type/);
  });
});

describe('simple content', () => {
  const MONEY =
    '<xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="value" use="required"/></xs:extension></xs:simpleContent></xs:complexType>';

  it('is the member value, which no attribute takes', async () => {
    const type = complexType(await contractOfSchema(MONEY), 'Money');
    assert.deepEqual(type.content, {
      kind: 'simple',
      type: '{http://www.w3.org/2001/XMLSchema}decimal',
      jsonName: 'value',
    });
    assert.equal(type.attributes[0]?.jsonName, 'value2');
  });

  it('narrows by facets in an anonymous type', async () => {
    const small =
      '<xs:complexType name="Small"><xs:simpleContent><xs:restriction base="t:Money"><xs:maxInclusive value="10"/></xs:restriction></xs:simpleContent></xs:complexType>';
    const contract = await contractOfSchema(MONEY + small);
    const type = complexType(contract, 'Small');
    assert.ok(type.content.kind === 'simple');
    const narrowed = contract.types[type.content.type];
    assert.ok(narrowed?.kind === 'simple' && narrowed.qname === undefined);
    assert.equal(narrowed.facets.maxInclusive, '10');
    assert.deepEqual(
      type.attributes.map(({ jsonName }) => jsonName),
      ['value2'],
    );
  });
});

describe('attributes', () => {
  it('come from groups, references and the xml namespace, qualified as their form says', async () => {
    const contract = await contractOf(
      wsdlAround(
        schema(
          `<xs:element name="Run" ${S}/><xs:attribute name="global" type="xs:int" default="1"/><xs:attributeGroup name="g"><xs:attribute name="inGroup" form="qualified"/><xs:anyAttribute namespace="##other" processContents="skip"/></xs:attributeGroup>
          <xs:complexType name="T"><xs:attribute ref="t:global" use="required"/><xs:attributeGroup ref="t:g"/><xs:attribute ref="xml:lang"/></xs:complexType>`,
        ),
      ),
    );
    const type = complexType(contract, 'T');
    assert.deepEqual(
      type.attributes.map(({ name, jsonName }) => [name.namespace, jsonName]),
      [
        ['urn:test', 'global'],
        ['urn:test', 'inGroup'],
        ['http://www.w3.org/XML/1998/namespace', 'lang'],
      ],
    );
    assert.deepEqual(type.anyAttribute, {
      jsonName: '@anyAttribute',
      namespaces: { kind: 'not', uri: 'urn:test' },
      processContents: 'skip',
    });
    assert.equal(type.attributes[0]?.default, '1');
  });
});

describe('type names and keys', () => {
  it('are unique over the contract, the first keeps its name', async () => {
    const other = '<xs:schema targetNamespace="urn:other"><xs:complexType name="T-a"/></xs:schema>';
    const inline =
      '<xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="ta"><xs:complexType/></xs:element><xs:element name="ta"><xs:complexType/></xs:element></xs:sequence></xs:complexType></xs:element>';
    const contract = await contractOf(wsdlAround(schema(`<xs:complexType name="Ta"/>${inline}`), other));
    assert.deepEqual(
      Object.values(contract.types).map(({ key, name, qname }) => [key, name, qname !== undefined]),
      [
        ['{urn:test}Ta', 'Ta', true],
        ['{urn:other}T-a', 'TA', true],
        ['{urn:test}/Run', 'Run', false],
        ['{urn:test}/Run/ta', 'Ta2', false],
        ['{urn:test}/Run/ta#2', 'Ta3', false],
      ],
    );
  });

  it('link an anonymous type of a group once, wherever the group is used', async () => {
    const group =
      '<xs:group name="g"><xs:sequence><xs:element name="x"><xs:complexType/></xs:element></xs:sequence></xs:group>';
    const uses = ['A', 'B']
      .map((name) => `<xs:complexType name="${name}"><xs:group ref="t:g"/></xs:complexType>`)
      .join('');
    const contract = await contractOfSchema(group + uses);
    assert.deepEqual(Object.keys(contract.types), ['{urn:test}A', '{urn:test}B', '{urn:test}g:group/x']);
  });
});

describe('ArrayOf wrappers', () => {
  const wrapper = (name: string, content: string): string =>
    `<xs:complexType name="${name}"><xs:sequence>${content}</xs:sequence></xs:complexType>`;
  const ITEM = `<xs:element name="item" ${S} minOccurs="0" maxOccurs="unbounded"/>`;

  it('unwrap if they hold one repeated element and nothing else', async () => {
    const contract = await contractOfSchema(
      wrapper('ArrayOfA', ITEM) +
        wrapper('ArrayOfB', ITEM + ITEM) +
        wrapper('ListOfC', ITEM) +
        wrapper('ArrayOfD', `<xs:element name="d" ${S}/>`),
    );
    assert.deepEqual(
      Object.values(contract.types).flatMap((type) =>
        type.kind === 'complex' && type.unwrapped ? [type.name] : [],
      ),
      ['ArrayOfA'],
    );
  });

  it('do not unwrap if another type derives from them, or a message part is of their type', async () => {
    const contract = await contractOfSchema(
      wrapper('ArrayOfA', ITEM) +
        derived('More', 'extension', 'ArrayOfA', '') +
        wrapper('ArrayOfB', ITEM) +
        '<xs:element name="Run" type="t:ArrayOfB"/>',
    );
    assert.equal(complexType(contract, 'ArrayOfA').unwrapped, false);
    assert.equal(complexType(contract, 'ArrayOfB').unwrapped, false);
  });
});
