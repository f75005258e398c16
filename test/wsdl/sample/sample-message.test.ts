import assert from 'node:assert/strict';
import { SampleError } from '../../../wsdl/sample/index.ts';
import { countries } from '../../../wsdl/sample/believable/country.ts';
import { iban } from '../../../wsdl/sample/believable/iban.ts';
import { exampleContract } from './example-contract.ts';

const element = (name: string, type: string, more = ''): string =>
  `<xs:element name="${name}" type="${type}" ${more}/>`;
const sequence = (...parts: string[]): string => `<xs:sequence>${parts.join('')}</xs:sequence>`;
const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
const modes = ['minimal', 'full', 'random'] as const;

/** Schemas whose samples must all be encoded, be valid, and come back the same. */
const constructs: Readonly<Record<string, readonly [content: string, globals?: string]>> = {
  'every built-in type': [
    sequence(
      ...'string normalizedString token boolean decimal integer long int short byte unsignedLong unsignedInt unsignedByte positiveInteger negativeInteger nonPositiveInteger float double date dateTime time duration gYear gYearMonth gMonth gMonthDay gDay base64Binary hexBinary anyURI language Name NCName NMTOKEN NMTOKENS ID IDREF IDREFS QName'
        .split(' ')
        .map((type) => element(`a-${type}`, `xs:${type}`)),
    ),
  ],
  'facets of text': [
    sequence(
      ...[
        '<xs:pattern value="[A-Z]{3}-\\d{4,6}(/[a-f]+)?"/>',
        '<xs:pattern value="\\d+"/><xs:length value="17"/>',
        '<xs:pattern value="[A-Z]{2,}( [A-Z]+)*"/><xs:minLength value="30"/><xs:maxLength value="31"/>',
        '<xs:enumeration value="B"/><xs:enumeration value="A"/>',
        '<xs:length value="1"/>',
        '<xs:minLength value="200"/>',
        '<xs:maxLength value="0"/>',
      ].map((facets, index) => restricted(`t${index}`, 'xs:string', facets)),
    ),
  ],
  'facets of numbers and dates': [
    sequence(
      restricted(
        'a',
        'xs:decimal',
        '<xs:totalDigits value="5"/><xs:fractionDigits value="3"/><xs:minExclusive value="99"/>',
      ),
      restricted('b', 'xs:decimal', '<xs:minExclusive value="0.0001"/><xs:maxExclusive value="0.0002"/>'),
      restricted('c', 'xs:int', '<xs:minInclusive value="-5"/><xs:maxExclusive value="-3"/>'),
      restricted('d', 'xs:decimal', '<xs:pattern value="\\d{3}\\.\\d{4}"/>'),
      restricted('e', 'xs:integer', '<xs:totalDigits value="1"/>'),
      restricted('f', 'xs:date', '<xs:minInclusive value="2031-01-01"/>'),
      restricted('g', 'xs:dateTime', '<xs:pattern value="[^Z]*"/>'),
      restricted('h', 'xs:double', '<xs:maxInclusive value="-1.5"/>'),
      restricted('i', 'xs:base64Binary', '<xs:length value="20"/>'),
    ),
  ],
  'lists and unions': [
    sequence(element('Codes', 'Codes'), element('Size', 'Size'), element('Sizes', 'Sizes')),
    `<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]\\d"/></xs:restriction></xs:simpleType>
     <xs:simpleType name="Codes"><xs:restriction><xs:simpleType><xs:list itemType="Code"/></xs:simpleType><xs:minLength value="4"/></xs:restriction></xs:simpleType>
     <xs:simpleType name="Size"><xs:union memberTypes="xs:int Code"/></xs:simpleType>
     <xs:simpleType name="Sizes"><xs:list itemType="Size"/></xs:simpleType>`,
  ],
  'occurrence, nil, default and fixed': [
    sequence(
      element('A', 'xs:string', 'minOccurs="0"'),
      element('B', 'xs:string', 'minOccurs="0" maxOccurs="unbounded"'),
      element('C', 'xs:int', 'minOccurs="3" maxOccurs="4"'),
      element('D', 'xs:string', 'nillable="true"'),
      element('E', 'xs:int', 'fixed="7"'),
      element('F', 'xs:string', 'default="x"'),
      element('G', 'xs:string', 'nillable="true" minOccurs="0" maxOccurs="3"'),
    ),
  ],
  choices: [
    sequence(
      `<xs:choice>${element('A', 'xs:int')}${sequence(element('B', 'xs:int'), element('C', 'xs:int', 'minOccurs="0"'))}</xs:choice>`,
      `<xs:choice minOccurs="0">${element('D', 'xs:int')}${element('E', 'xs:int', 'maxOccurs="2"')}</xs:choice>`,
    ),
  ],
  'repeating groups': [
    sequence(
      `<xs:choice minOccurs="2" maxOccurs="unbounded">${element('A', 'xs:int')}${element('B', 'xs:int')}</xs:choice>`,
      `<xs:sequence maxOccurs="3">${element('C', 'xs:int')}${element('D', 'xs:int', 'minOccurs="0"')}</xs:sequence>`,
      `<xs:sequence minOccurs="0" maxOccurs="unbounded">${element('E', 'xs:int', 'minOccurs="0"')}${element('F', 'xs:int', 'minOccurs="0"')}</xs:sequence>`,
    ),
  ],
  'xs:all and attributes': [
    `<xs:all>${element('A', 'xs:int')}${element('B', 'xs:int', 'minOccurs="0"')}</xs:all>
     <xs:attribute name="Id" type="xs:ID" use="required"/><xs:attribute name="Kind" type="xs:string"/><xs:attribute name="Fixed" type="xs:int" fixed="1"/>`,
  ],
  'simple content': [
    sequence(element('Amount', 'Amount')),
    `<xs:complexType name="Amount"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="Currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>`,
  ],
  'abstract and derived types': [
    sequence(element('Payment', 'Payment', 'maxOccurs="5"'), element('Concrete', 'Base')),
    `<xs:complexType name="Payment" abstract="true">${sequence(element('Amount', 'xs:decimal'))}</xs:complexType>
     <xs:complexType name="Sepa"><xs:complexContent><xs:extension base="Payment">${sequence(element('Iban', 'xs:string'))}</xs:extension></xs:complexContent></xs:complexType>
     <xs:complexType name="Domestic"><xs:complexContent><xs:extension base="Payment">${sequence(element('Account', 'xs:string'))}</xs:extension></xs:complexContent></xs:complexType>
     <xs:complexType name="Base">${sequence(element('X', 'xs:int'))}</xs:complexType>
     <xs:complexType name="Derived"><xs:complexContent><xs:extension base="Base">${sequence(element('Y', 'xs:int'))}</xs:extension></xs:complexContent></xs:complexType>`,
  ],
  'substitution groups': [
    sequence('<xs:element ref="Party"/><xs:element ref="Party" minOccurs="0" maxOccurs="unbounded"/>'),
    `<xs:element name="Party" type="xs:string" abstract="true"/>${element('Person', 'xs:string', 'substitutionGroup="Party"')}${element('Company', 'xs:string', 'substitutionGroup="Party"')}`,
  ],
  wildcards: [
    sequence(
      '<xs:any namespace="##other" processContents="lax"/>',
      '<xs:any namespace="urn:a urn:b" processContents="skip" minOccurs="2" maxOccurs="3"/>',
      element('End', 'xs:int'),
    ),
  ],
  'a strict wildcard': [sequence('<xs:any namespace="##targetNamespace"/>'), element('Known', 'xs:date')],
  'a strict wildcard where only complex elements are declared': [
    sequence('<xs:any/>'),
    `<xs:element name="Other"><xs:complexType>${sequence(element('A', 'xs:date'), '<xs:choice><xs:any namespace="##other"/><xs:element name="B" type="xs:int"/></xs:choice>')}<xs:attribute name="c" type="xs:int" use="required"/></xs:complexType></xs:element>`,
  ],
  'mixed content that requires structure': [
    sequence('<xs:element name="Text" type="Text"/>'),
    `<xs:complexType name="Text" mixed="true"><xs:sequence><xs:element name="B"><xs:complexType>${sequence(element('C', 'xs:date'))}<xs:attribute name="d" type="xs:int" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType>`,
  ],
  'mixed content': [
    sequence(
      '<xs:element name="Text"><xs:complexType mixed="true"><xs:sequence><xs:element name="B" type="xs:int"/></xs:sequence></xs:complexType></xs:element>',
    ),
  ],
  'any type': [sequence(element('Any', 'xs:anyType'), element('AnySimple', 'xs:anySimpleType'))],
  'array wrappers': [
    sequence(element('Accounts', 'ArrayOfString'), element('More', 'ArrayOfString', 'minOccurs="0"')),
    `<xs:complexType name="ArrayOfString">${sequence(element('string', 'xs:string', 'minOccurs="0" maxOccurs="unbounded" nillable="true"'))}</xs:complexType>`,
  ],
  'recursion that may end': [
    sequence(element('Node', 'Node')),
    `<xs:complexType name="Node">${sequence(element('Name', 'xs:string'), element('Child', 'Node', 'minOccurs="0" maxOccurs="unbounded"'))}</xs:complexType>`,
  ],
  'recursion that ends by a choice': [
    sequence(element('Term', 'Term')),
    `<xs:complexType name="Term"><xs:choice>${sequence(element('Left', 'Term'), element('Right', 'Term'))}${element('Not', 'Term')}${element('Value', 'xs:int')}</xs:choice></xs:complexType>`,
  ],
  'recursion that ends by a derived type': [
    sequence(element('Shape', 'Shape')),
    `<xs:complexType name="Shape" abstract="true"/>
     <xs:complexType name="Group"><xs:complexContent><xs:extension base="Shape">${sequence(element('Member', 'Shape', 'minOccurs="2" maxOccurs="unbounded"'))}</xs:extension></xs:complexContent></xs:complexType>
     <xs:complexType name="Dot"><xs:complexContent><xs:extension base="Shape">${sequence(element('X', 'xs:int'))}</xs:extension></xs:complexContent></xs:complexType>`,
  ],
  'recursion that ends by nil': [
    sequence(element('Link', 'Link')),
    `<xs:complexType name="Link">${sequence(element('Name', 'xs:string'), element('Next', 'Link', 'nillable="true"'))}</xs:complexType>`,
  ],
};

function restricted(name: string, base: string, facets: string): string {
  return `<xs:element name="${name}"><xs:simpleType><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType></xs:element>`;
}

describe('samples', () => {
  for (const [name, [content, globals]] of Object.entries(constructs)) {
    it(`of ${name} are encoded, are valid, and come back the same`, async () => {
      const example = await exampleContract(content, globals);
      for (const mode of modes) for (const seed of seeds) example.sample({ mode, seed });
    });
  }

  it('are the same for the same seed, and not for another', async () => {
    const { sample } = await exampleContract(
      sequence(element('Id', 'xs:string'), element('Amount', 'xs:decimal')),
    );
    assert.deepEqual(sample({ seed: 5 }), sample({ seed: 5 }));
    assert.notDeepEqual(sample({ seed: 5 }), sample({ seed: 6 }));
    assert.deepEqual(sample(), sample({ seed: 1, mode: 'full' }));
  });

  it('change for seed 1 only where a release says so', async () => {
    const { sample } = await exampleContract(
      sequence(element('Id', 'xs:string'), element('Amount', 'xs:decimal')),
    );
    assert.deepEqual(sample({ seed: 1 }), { id: '17132404', amount: '767.07' });
  });

  it('hold only what is required when minimal, and all that is optional when full', async () => {
    const parts = ['minOccurs="0"', '', 'minOccurs="0" maxOccurs="unbounded"'].map((occurs, index) =>
      element(`e${index}`, 'xs:int', occurs),
    );
    const { sample } = await exampleContract(`${sequence(...parts)}<xs:attribute name="a" type="xs:int"/>`);
    const minimal = sample({ mode: 'minimal' });
    assert.deepEqual(Object.keys(minimal).sort(), ['e1', 'e2']);
    assert.deepEqual(minimal['e2'], []);
    const full = sample({ mode: 'full' });
    assert.deepEqual(Object.keys(full).sort(), ['a', 'e0', 'e1', 'e2']);
    assert.equal((full['e2'] as unknown[]).length, 2);
  });

  it('look like what their names say', async () => {
    const names = [
      'CreditorIban',
      'Currency',
      'Amount',
      'StartDate',
      'EndDate',
      'EmailAddress',
      'CountryCode',
    ];
    const types = ['xs:string', 'xs:string', 'xs:decimal', 'xs:date', 'xs:date', 'xs:string', 'xs:string'];
    const { sample } = await exampleContract(
      sequence(...names.map((name, index) => element(name, types[index]!))),
    );
    const value = sample() as Record<string, string>;
    assert.equal(
      value['creditorIban'],
      iban(value['creditorIban']!.slice(0, 2), value['creditorIban']!.slice(4)),
    );
    const country = countries.find(({ codes }) => codes[0] === value['countryCode']);
    assert.equal(value['currency'], country?.currency[0]);
    assert.equal(value['creditorIban'].slice(0, 2), value['countryCode']);
    assert.match(value['amount']!, /^\d+\.\d\d$/);
    assert.ok(value['startDate']! < value['endDate']!);
    assert.match(value['emailAddress']!, /^[\w.]+@example\.com$/);
  });

  it('of a schema without bounds stay within bounds', async () => {
    const wide = Array.from({ length: 6 }, (_, index) =>
      element(`Part${index}`, `T${index}`, 'minOccurs="0" maxOccurs="unbounded"'),
    );
    const types = wide.map(
      (_, index) =>
        `<xs:complexType name="T${index}">${sequence(element('Name', 'xs:string'), ...wide.filter((__, other) => other !== index))}</xs:complexType>`,
    );
    const { sample } = await exampleContract(sequence(...wide), types.join(''));
    for (const mode of modes) assert.ok(JSON.stringify(sample({ mode })).length < 150_000);
  });

  for (const [name, content, globals] of [
    [
      'a type that requires itself',
      element('A', 'A'),
      `<xs:complexType name="A">${sequence(element('A', 'A'))}</xs:complexType>`,
    ],
    [
      'an abstract type without derived types',
      element('A', 'A'),
      '<xs:complexType name="A" abstract="true"/>',
    ],
    [
      'facets that no value fits',
      restricted('A', 'xs:string', '<xs:enumeration value="abc"/><xs:pattern value="x"/>'),
      '',
    ],
  ] as const) {
    it(`of ${name} are refused with the reason`, async () => {
      const { sample } = await exampleContract(sequence(content), globals);
      assert.throws(() => sample(), SampleError);
    });
  }
});

describe('iban', () => {
  it('has the check digits of ISO 13616', () => {
    assert.equal(iban('DE', '370400440532013000'), 'DE89370400440532013000');
    assert.equal(iban('GB', 'NWBK60161331926819'), 'GB29NWBK60161331926819');
    assert.equal(iban('FI', '12345600000785'), 'FI2112345600000785');
  });
});
