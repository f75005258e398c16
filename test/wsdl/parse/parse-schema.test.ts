import assert from 'node:assert/strict';
import { compileTexts, diagnosticsOfSchema, schema, wsdlAround } from '../link/wsdl-text.ts';

describe('a schema with mistakes', () => {
  const mistakes: Readonly<Record<string, [content: string, diagnostic: RegExp]>> = {
    'an element that does not belong': [
      '<xs:complexType name="T"><xs:enumeration value="a"/></xs:complexType>',
      /XSD_INVALID: <xs:enumeration> is not allowed in <xs:complexType>/,
    ],
    'an element of another namespace': [
      '<xs:complexType name="T"><types/></xs:complexType>',
      /XSD_INVALID: <types> is not allowed in <xs:complexType>/,
    ],
    'a name that is none': ['<xs:complexType name="a b"/>', /XSD_INVALID: "a b" is not a name in XML/],
    'a missing name': ['<xs:complexType/>', /XSD_INVALID: <xs:complexType> lacks the attribute "name"/],
    'a malformed occurrence': [
      '<xs:group name="g"><xs:sequence minOccurs="-1"/></xs:group>',
      /XSD_INVALID: minOccurs="-1" is not a whole number/,
    ],
    'an impossible occurrence': [
      '<xs:group name="g"><xs:sequence minOccurs="3" maxOccurs="2"/></xs:group>',
      /XSD_INVALID: maxOccurs=2 is less than minOccurs=3/,
    ],
    'a malformed boolean': [
      '<xs:element name="e" nillable="yes"/>',
      /XSD_INVALID: nillable="yes" is not "true" or "false"/,
    ],
    'a prefix that is not declared': [
      '<xs:element name="e" type="x:T"/>',
      /XML_UNBOUND_PREFIX: The prefix "x" of "x:T" is not declared/,
    ],
    'a reference that is no QName': [
      '<xs:element name="e" type="a:b:c"/>',
      /XSD_INVALID: "a:b:c" is not a qualified name/,
    ],
    'a derivation without a base': [
      '<xs:complexType name="T"><xs:complexContent><xs:extension/></xs:complexContent></xs:complexType>',
      /XSD_INVALID: <xs:extension> lacks the attribute "base"/,
    ],
    'a content without a derivation': [
      '<xs:complexType name="T"><xs:complexContent/></xs:complexType>',
      /XSD_INVALID: <xs:complexContent> must contain an extension or a restriction/,
    ],
    'an empty simple type': ['<xs:simpleType name="T"/>', /XSD_INVALID: <xs:simpleType> is empty/],
    'an unknown type': [
      '<xs:complexType name="Account"/><xs:element name="e" type="t:Acount"/>',
      /XSD_UNKNOWN_TYPE: There is no type "t:Acount" in the namespace "urn:test". Did you mean "t:Account"\?/,
    ],
    'an unknown built-in type': [
      '<xs:element name="e" type="xs:strin"/>',
      /XSD_UNKNOWN_TYPE: .* Did you mean "xs:string"\?/,
    ],
    'an unknown element': [
      '<xs:group name="g"><xs:sequence><xs:element ref="t:Rum"/></xs:sequence></xs:group><xs:complexType name="T"><xs:group ref="t:g"/></xs:complexType>',
      /XSD_UNKNOWN_ELEMENT: .* Did you mean "t:Run"\?/,
    ],
    'an unknown attribute': [
      '<xs:complexType name="T"><xs:attribute ref="xml:lag"/></xs:complexType>',
      /XSD_UNKNOWN_ATTRIBUTE: .* Did you mean "xml:lang"\?/,
    ],
    'an unknown group': [
      '<xs:complexType name="T"><xs:group ref="t:g"/></xs:complexType>',
      /XSD_UNKNOWN_GROUP/,
    ],
    'a name of a namespace that nothing declares': [
      '<xs:element name="e" type="soap:T"/>',
      /XSD_UNKNOWN_TYPE: .* No schema for it was loaded/,
    ],
    'a name declared twice': [
      '<xs:complexType name="T"/><xs:complexType name="T" abstract="true"/>',
      /XSD_DUPLICATE: "T" is declared twice/,
    ],
  };
  for (const [what, [content, diagnostic]] of Object.entries(mistakes)) {
    it(`is told of ${what}`, async () => {
      const diagnostics = await diagnosticsOfSchema(content);
      assert.equal(diagnostics.length, 1, diagnostics.join('\n'));
      assert.match(diagnostics[0] ?? '', /^test\.wsdl:1:\d+ error /);
      assert.match(diagnostics[0] ?? '', diagnostic);
    });
  }

  it('is told of all mistakes at once, each at its line', async () => {
    const content =
      '\n<xs:element name="a" type="t:None"/>\n<xs:element name="b" nillable="yes"/>\n<xs:element name="Run" type="xs:Strng"/>';
    const { contract, diagnostics } = await compileTexts({ 'a.wsdl': wsdlAround(schema(content)) });
    assert.equal(contract, undefined);
    assert.deepEqual(diagnostics.map(({ code, location }) => `${location?.line ?? 0} ${code}`).sort(), [
      '2 XSD_UNKNOWN_TYPE',
      '3 XSD_INVALID',
      '4 XSD_UNKNOWN_TYPE',
    ]);
  });

  it('is warned of XML Schema 1.1', async () => {
    const [diagnostic] = await diagnosticsOfSchema(
      '<xs:complexType name="T"><xs:assert test="1"/></xs:complexType>',
    );
    assert.match(diagnostic ?? '', /warning XSD_UNSUPPORTED: <xs:assert> is XML Schema 1.1/);
  });

  it('is told no more than it can read, however many mistakes there are', async () => {
    const content = Array.from(
      { length: 3000 },
      (_, index) => `<xs:element name="e${index}" type="t:T${index}"/>`,
    ).join('');
    const diagnostics = await diagnosticsOfSchema(content);
    assert.equal(diagnostics.length, 1001);
  });
});

describe('a schema that multiplies', () => {
  it('is given up where groups double each other', async () => {
    const doubled = Array.from(
      { length: 60 },
      (_, index) =>
        `<xs:group name="g${index + 1}"><xs:sequence><xs:group ref="t:g${index}"/><xs:group ref="t:g${index}"/></xs:sequence></xs:group>`,
    );
    const first =
      '<xs:group name="g0"><xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence></xs:group>';
    const diagnostics = await diagnosticsOfSchema(
      `${first}${doubled.join('')}<xs:complexType name="T"><xs:group ref="t:g60"/></xs:complexType>`,
    );
    assert.match(
      diagnostics.join(),
      /XML_LIMIT: The groups and base types of the schemas expand to too many elements/,
    );
  });

  it('is given up where types are derived from each other without end, whichever comes first', async () => {
    const types = Array.from(
      { length: 400 },
      (_, index) =>
        `<xs:complexType name="t${index + 1}"><xs:complexContent><xs:extension base="t:t${index}"/></xs:complexContent></xs:complexType>`,
    );
    for (const order of [types, types.toReversed()]) {
      const diagnostics = await diagnosticsOfSchema(`<xs:complexType name="t0"/>${order.join('')}`);
      assert.match(diagnostics.join(), /XML_LIMIT: Types are derived from each other more than 256 deep/);
    }
  });
});
