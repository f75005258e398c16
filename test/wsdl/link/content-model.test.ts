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

async function modelOf(content: string, globals = ''): Promise<string> {
  const contract = await contractOfSchema(`<xs:complexType name="T">${content}</xs:complexType>${globals}`);
  return outline(complexType(contract, 'T'));
}

describe('content models', () => {
  it('name elements in order, then attributes, and give later ones the first free number', async () => {
    const contract = await contractOfSchema(
      `<xs:complexType name="T"><xs:sequence><xs:element name="Id" ${S}/><xs:element name="ID" ${S}/></xs:sequence><xs:attribute name="id"/></xs:complexType>`,
    );
    const type = complexType(contract, 'T');
    assert.equal(outline(type), 'sequence(id, id2)');
    assert.deepEqual(
      type.attributes.map(({ jsonName }) => jsonName),
      ['id3'],
    );
  });

  it('never use a name that means something to JavaScript', async () => {
    const contract = await contractOf(
      wsdlAround(
        schema(
          `<xs:element name="Run"><xs:complexType><xs:sequence><xs:element name="__proto__"/><xs:element name="constructor"/><xs:element name="prototype"/></xs:sequence></xs:complexType></xs:element>`,
        ),
      ),
      { names: 'asIs' },
    );
    const type = Object.values(contract.types)[0];
    assert.ok(type?.kind === 'complex');
    assert.equal(outline(type), 'sequence(__proto__2, constructor2, prototype2)');
  });

  it('dissolve groups that add nothing', async () => {
    const nested = `<xs:sequence><xs:sequence><xs:element name="a" ${S}/><xs:sequence/></xs:sequence><xs:choice><xs:element name="b" ${S}/></xs:choice><xs:element name="x" ${S} minOccurs="0" maxOccurs="0"/></xs:sequence>`;
    assert.equal(await modelOf(nested), 'sequence(a, b)');
  });

  it('write groups by name out in their places', async () => {
    const group = `<xs:group name="g"><xs:choice><xs:element name="b" ${S}/><xs:element name="c" ${S}/></xs:choice></xs:group>`;
    const use = `<xs:sequence><xs:element name="a" ${S}/><xs:group ref="t:g" minOccurs="0"/></xs:sequence>`;
    assert.equal(await modelOf(use, group), 'sequence(a, choice?(b, c))');
  });

  it('always write arrays where no choice and no optional group is around', async () => {
    const content = `<xs:sequence><xs:element name="a" ${S} minOccurs="0" maxOccurs="unbounded"/><xs:choice><xs:element name="b" ${S} maxOccurs="3"/><xs:element name="c" ${S}/></xs:choice>
      <xs:sequence minOccurs="0"><xs:element name="d" ${S} maxOccurs="2"/><xs:element name="e" ${S}/></xs:sequence></xs:sequence>`;
    assert.equal(await modelOf(content), 'sequence(a[0..*]!, choice(b[1..3], c), sequence?(d[1..2], e))');
  });

  it('keep a repeating choice as one member, its branches once each', async () => {
    const content = `<xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="a" ${S}/><xs:element name="b" ${S} minOccurs="0" maxOccurs="unbounded"/></xs:choice>`;
    assert.equal(await modelOf(content), 'sequence(@choice=choice[0..*](a, b))');
  });

  it('name the members of a repeating group apart from those around it', async () => {
    const content = `<xs:sequence><xs:element name="a" ${S}/><xs:sequence maxOccurs="unbounded"><xs:element name="a" ${S}/><xs:element name="b" ${S} maxOccurs="2"/></xs:sequence><xs:sequence maxOccurs="2"><xs:element name="c" ${S}/><xs:element name="d" ${S}/></xs:sequence></xs:sequence>`;
    assert.equal(
      await modelOf(content),
      'sequence(a, @sequence=sequence[1..*](a, b[1..2]!), @sequence2=sequence[1..2](c, d))',
    );
  });

  it('make a repeating group of one element that element, repeated', async () => {
    assert.equal(
      await modelOf(`<xs:sequence maxOccurs="unbounded"><xs:element name="a" ${S}/></xs:sequence>`),
      'sequence(a[1..*]!)',
    );
    const pairs = `<xs:sequence maxOccurs="unbounded"><xs:element name="a" ${S} minOccurs="2" maxOccurs="2"/></xs:sequence>`;
    assert.equal(await modelOf(pairs), 'sequence(@sequence=sequence[1..*](a[2..2]!))');
  });

  it('share a name between branches that other members tell apart', async () => {
    const content = `<xs:choice><xs:sequence><xs:element name="a" ${S}/><xs:element name="b" ${S}/></xs:sequence><xs:sequence><xs:element name="a" ${S}/><xs:element name="c" ${S}/></xs:sequence></xs:choice>`;
    assert.equal(await modelOf(content), 'choice(sequence(a, b), sequence(a, c))');
  });

  it('do not share a name where nothing tells the branches apart, or the declarations differ', async () => {
    const same = `<xs:choice><xs:sequence><xs:element name="a" ${S}/><xs:element name="b" ${S} minOccurs="0"/></xs:sequence><xs:sequence><xs:element name="a" ${S}/><xs:element name="c" ${S} minOccurs="0"/></xs:sequence></xs:choice>`;
    assert.equal(await modelOf(same), 'choice(sequence(a, b?), sequence(a2, c?))');
    const different = `<xs:choice><xs:sequence><xs:element name="a" ${S}/><xs:element name="b" ${S}/></xs:sequence><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="c" ${S}/></xs:sequence></xs:choice>`;
    assert.equal(await modelOf(different), 'choice(sequence(a, b), sequence(a2, c))');
  });

  it('keep xs:all, wildcards and their namespaces', async () => {
    assert.equal(
      await modelOf(`<xs:all><xs:element name="a" ${S}/><xs:element name="b" ${S} minOccurs="0"/></xs:all>`),
      'all(a, b?)',
    );
    const contract = await contractOfSchema(
      '<xs:complexType name="T"><xs:sequence><xs:any namespace="##other"/><xs:any namespace="urn:x ##local ##targetNamespace" minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence></xs:complexType>',
    );
    const { content } = complexType(contract, 'T');
    assert.ok(content.kind === 'elements');
    assert.deepEqual(content.model.particles, [
      {
        kind: 'any',
        min: 1,
        max: 1,
        jsonName: '@any',
        namespaces: { kind: 'not', uri: 'urn:test' },
        processContents: 'strict',
      },
      {
        kind: 'any',
        min: 0,
        max: 'unbounded',
        jsonName: '@any2',
        namespaces: { kind: 'in', uris: ['urn:x', '', 'urn:test'] },
        processContents: 'lax',
        always: true,
      },
    ]);
  });

  it('carry nillable, default, fixed, form and documentation of elements', async () => {
    const contract = await contractOfSchema(
      `<xs:complexType name="T"><xs:sequence><xs:element name="a" type="xs:int" nillable="true" default="7" form="unqualified"><xs:annotation><xs:documentation> The
        &lt;first&gt;  </xs:documentation></xs:annotation></xs:element><xs:element name="b" ${S} fixed=" x "/></xs:sequence></xs:complexType>`,
    );
    const { content } = complexType(contract, 'T');
    assert.ok(content.kind === 'elements');
    const common = { kind: 'element', min: 1, max: 1 };
    assert.deepEqual(content.model.particles, [
      {
        ...common,
        jsonName: 'a',
        name: { namespace: '', local: 'a' },
        type: '{http://www.w3.org/2001/XMLSchema}int',
        nillable: true,
        default: '7',
        documentation: 'The <first>',
      },
      {
        ...common,
        jsonName: 'b',
        name: { namespace: 'urn:test', local: 'b' },
        type: '{http://www.w3.org/2001/XMLSchema}string',
        nillable: false,
        fixed: ' x ',
      },
    ]);
  });

  it('let types refer to themselves', async () => {
    const contract = await contractOfSchema(
      '<xs:complexType name="T"><xs:sequence><xs:element name="child" type="t:T" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>',
    );
    const { content } = complexType(contract, 'T');
    assert.ok(content.kind === 'elements' && content.model.particles[0]?.kind === 'element');
    assert.equal(content.model.particles[0].type, '{urn:test}T');
  });

  it('have mixed content as text of its own, and none as empty', async () => {
    const contract = await contractOfSchema(
      `<xs:complexType name="M" mixed="true"><xs:sequence><xs:element name="b" ${S}/></xs:sequence></xs:complexType><xs:complexType name="E"/>`,
    );
    const { content } = complexType(contract, 'M');
    assert.ok(
      content.kind === 'mixed' && content.jsonName === '@mixed' && content.model?.particles.length === 1,
    );
    assert.deepEqual(complexType(contract, 'E').content, { kind: 'empty' });
  });

  it('keep a schema inside a message as raw XML', async () => {
    const content = '<xs:sequence><xs:element ref="xs:schema"/><xs:any/></xs:sequence>';
    assert.equal(await modelOf(content), 'sequence(@any, @any2)');
  });

  it('must not contain themselves by a group', async () => {
    const [diagnostic = ''] = await diagnosticsOfSchema(
      '<xs:group name="g"><xs:sequence><xs:group ref="t:g"/></xs:sequence></xs:group><xs:complexType name="T"><xs:group ref="t:g"/></xs:complexType>',
    );
    assert.match(diagnostic, /XSD_CIRCULAR: The group "t:g" contains itself/);
  });
});

describe('substitution groups', () => {
  const GROUP = `<xs:element name="Party" ${S} abstract="true"/><xs:element name="Person" substitutionGroup="t:Party"/><xs:element name="Child" ${S} substitutionGroup="t:Person"/>`;

  it('are a choice of all members that are not abstract, of every level', async () => {
    assert.equal(
      await modelOf('<xs:sequence><xs:element ref="t:Party" minOccurs="0"/></xs:sequence>', GROUP),
      'choice?(person, child)',
    );
  });

  it('repeat as a choice where the reference repeats', async () => {
    const content = '<xs:sequence><xs:element ref="t:Party" maxOccurs="unbounded"/></xs:sequence>';
    assert.equal(await modelOf(content, GROUP), 'sequence(@choice=choice[1..*](person, child))');
  });

  it('are only the head where it blocks substitution', async () => {
    const blocked = `<xs:element name="Party" ${S} block="substitution"/><xs:element name="Person" substitutionGroup="t:Party"/>`;
    assert.equal(
      await modelOf('<xs:sequence><xs:element ref="t:Party"/></xs:sequence>', blocked),
      'sequence(party)',
    );
  });

  it('give a member without a type that of the head', async () => {
    const contract = await contractOfSchema(GROUP);
    assert.equal(contract.elements['{urn:test}Person']?.type, '{http://www.w3.org/2001/XMLSchema}string');
  });
});
