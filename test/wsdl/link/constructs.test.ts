import assert from 'node:assert/strict';
import { compileContract, formatDiagnostic, type Contract } from '../../../wsdl/index.ts';
import {
  compileTexts,
  complexType,
  contractOfSchema,
  definitions,
  schema,
  simpleType,
  wsdlAround,
} from './wsdl-text.ts';
import { outline } from './outline.ts';

async function compiled(documents: Readonly<Record<string, string>>): Promise<Contract> {
  const { contract, diagnostics } = await compileTexts(documents);
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  assert.deepEqual(diagnostics, []);
  return contract;
}

const RUN = '<xs:element name="Run" type="xs:string"/>';

describe('constructs that real schemas have', () => {
  it('redefine simple types and attribute groups', async () => {
    const contract = await compiled({
      'a.wsdl': wsdlAround(
        schema(`<xs:redefine schemaLocation="b.xsd">
          <xs:simpleType name="S"><xs:restriction base="t:S"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
          <xs:attributeGroup name="G"><xs:attributeGroup ref="t:G"/><xs:attribute name="b"/></xs:attributeGroup></xs:redefine>
          <xs:complexType name="T"><xs:attributeGroup ref="t:G"/></xs:complexType>${RUN}`),
      ),
      'b.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test">
        <xs:simpleType name="S"><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
        <xs:attributeGroup name="G"><xs:attribute name="a"/></xs:attributeGroup></xs:schema>`,
    });
    assert.deepEqual(simpleType(contract, 'S').facets, {
      whiteSpace: 'preserve',
      minLength: 1,
      maxLength: 3,
    });
    assert.deepEqual(
      complexType(contract, 'T').attributes.map(({ jsonName }) => jsonName),
      ['a', 'b'],
    );
  });

  it('constrain identity and declare notations, which is read and changes nothing', async () => {
    const contract = await contractOfSchema(
      `<xs:notation name="gif" public="image/gif"/><xs:complexType name="T"><xs:sequence>
        <xs:element name="row" maxOccurs="unbounded"><xs:complexType><xs:attribute name="id"/></xs:complexType>
        <xs:key name="k"><xs:selector xpath="row"/><xs:field xpath="@id"/></xs:key>
        <xs:keyref name="r" refer="t:k"><xs:selector xpath="row"/><xs:field xpath="@id"/></xs:keyref>
        <xs:unique name="u"><xs:selector xpath="row"/><xs:field xpath="@id"/></xs:unique></xs:element></xs:sequence></xs:complexType>`,
    );
    assert.equal(outline(complexType(contract, 'T')), 'sequence(row[1..*]!)');
  });

  it('refer to each other in circles, by type and by element', async () => {
    const contract = await contractOfSchema(
      `<xs:complexType name="A"><xs:sequence><xs:element name="b" type="t:B" minOccurs="0"/></xs:sequence></xs:complexType>
       <xs:complexType name="B"><xs:sequence><xs:element name="a" type="t:A"/><xs:element ref="t:E" minOccurs="0"/></xs:sequence></xs:complexType><xs:element name="E" type="t:B"/>`,
    );
    assert.equal(outline(complexType(contract, 'B')), 'sequence(a, e?)');
  });
});

describe('constructs that real WSDLs have', () => {
  const MESSAGE =
    '<message name="In"><part name="a" element="t:Run"/><part name="h" element="t:Run"/></message>';
  const PORT_TYPE = '<portType name="P"><operation name="Do"><input message="t:In"/></operation></portType>';
  const binding = (name: string, soap: string, body: string): string =>
    `<binding name="${name}" type="t:P"><${soap}:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><${soap}:operation soapAction="urn:do"/><input>${body}</input></operation></binding>`;
  const BODY = '<soap:body use="literal" parts="a"/>';

  it('import each other in a chain and a circle, service, binding and portType apart', async () => {
    const contract = await compiled({
      'a.wsdl': definitions(
        '<import namespace="urn:test" location="b.wsdl"/><service name="S"><port name="X" binding="t:B"/></service>',
      ),
      'b.wsdl': definitions(`<import namespace="urn:test" location="c.wsdl"/>${binding('B', 'soap', BODY)}`),
      'c.wsdl': definitions(
        `<import namespace="urn:test" location="a.wsdl"/><types>${schema(RUN)}</types>${MESSAGE}${PORT_TYPE}`,
      ),
    });
    assert.equal(contract.bindings['{urn:test}B']?.operations.length, 1);
    assert.deepEqual(
      contract.services[0]?.ports.map(({ name }) => name),
      ['X'],
    );
  });

  it('have several bindings and ports for one portType, of both SOAP versions', async () => {
    const contract = await compiled({
      'a.wsdl': definitions(`<types>${schema(RUN)}</types>${MESSAGE}${PORT_TYPE}${binding('B', 'soap', BODY)}
        ${binding('C', 'soap12', BODY.replace('soap:', 'soap12:'))}<service name="S"><port name="X" binding="t:B"/><port name="Y" binding="t:C"/><port name="Z" binding="t:B"/></service>`),
    });
    assert.deepEqual(
      contract.services[0]?.ports.map(({ name, binding }) => [name, contract.bindings[binding]?.soapVersion]),
      [
        ['X', '1.1'],
        ['Y', '1.2'],
        ['Z', '1.1'],
      ],
    );
  });

  it('name no part for the body, and header faults for headers', async () => {
    const header =
      '<soap:body use="literal" parts=""/><soap:header message="t:In" part="h" use="literal"><soap:headerfault message="t:In" part="h" use="literal"/></soap:header>';
    const contract = await compiled({
      'a.wsdl':
        definitions(`<types>${schema(RUN)}</types>${MESSAGE}${PORT_TYPE}${binding('B', 'soap', header)}
        <service name="S"><port name="X" binding="t:B"/></service>`),
    });
    const [operation] = contract.bindings['{urn:test}B']!.operations;
    assert.deepEqual(operation?.input.body.members, []);
    assert.deepEqual(
      operation.input.headers.map(({ jsonName }) => jsonName),
      ['run'],
    );
  });
});

describe('a hostile contract', () => {
  it('with ten thousand imports is refused after as many documents as the limit says', async () => {
    const imports = Array.from(
      { length: 10_000 },
      (_, index) => `<xs:include schemaLocation="${index}.xsd"/>`,
    );
    let loads = 0;
    const load = async (uri: string): Promise<Uint8Array> => {
      loads++;
      if (uri !== 'a.wsdl') throw new Error('not there');
      return Buffer.from(wsdlAround(schema(imports.join('') + RUN)));
    };
    const { contract, diagnostics } = await compileContract('a.wsdl', { load });
    assert.equal(contract, undefined);
    assert.ok(diagnostics.some(({ code, severity }) => code === 'LOAD_LIMIT' && severity === 'error'));
    assert.ok(loads <= 2_000, `${loads} documents were asked for`);
  });
});
