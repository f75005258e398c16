import assert from 'node:assert/strict';
import { compileTexts, definitions } from './wsdl-text.ts';
import { formatDiagnostic, type Contract } from '../../../wsdl/index.ts';

async function partTypes(namespace: string, parts: string, types = ''): Promise<string[]> {
  const wsdl = definitions(`<types>${types}</types><message name="Run">${parts}</message>
    <portType name="P"><operation name="Run"><input message="t:Run"/></operation></portType>
    <binding name="B" type="t:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal" namespace="urn:test"/></input></operation></binding>
    <service name="S"><port name="Port" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>`);
  const { contract, diagnostics } = await compileTexts({
    'a.wsdl': wsdl.replace('<definitions ', `<definitions xmlns:old="${namespace}" `),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return inputTypes(contract);
}

function inputTypes(contract: Contract): string[] {
  return Object.values(contract.bindings)[0]!.operations[0]!.input.body.members.map(({ type }) => type);
}

describe('names of standards before they were standards', () => {
  for (const namespace of ['http://www.w3.org/1999/XMLSchema', 'http://www.w3.org/2000/10/XMLSchema']) {
    it(`take the types of ${namespace} for those of 2001, by their old names too`, async () => {
      const parts = ['int', 'timeInstant', 'uriReference', 'ur-type'].map(
        (local, index) => `<part name="p${index}" type="old:${local}"/>`,
      );
      assert.deepEqual(await partTypes(namespace, parts.join('')), [
        '{http://www.w3.org/2001/XMLSchema}int',
        '{http://www.w3.org/2001/XMLSchema}dateTime',
        '{http://www.w3.org/2001/XMLSchema}anyURI',
        '{http://www.w3.org/2001/XMLSchema}anyType',
      ]);
    });

    it(`read a schema in ${namespace}`, async () => {
      const schema =
        '<old:schema targetNamespace="urn:test"><old:complexType name="A"><old:all><old:element name="b" type="old:string"/></old:all></old:complexType></old:schema>';
      assert.deepEqual(await partTypes(namespace, '<part name="a" type="t:A"/>', schema), ['{urn:test}A']);
    });
  }

  it('know the maps of Apache SOAP and the arrays of every SOAP 1.2 draft', async () => {
    assert.deepEqual(await partTypes('http://xml.apache.org/xml-soap', '<part name="m" type="old:Map"/>'), [
      '{http://xml.apache.org/xml-soap}Map',
    ]);
    for (const draft of ['2001/09', '2001/12', '2003/05']) {
      assert.deepEqual(
        await partTypes(
          `http://www.w3.org/${draft}/soap-encoding`,
          '<part name="a" type="old:Array"/><part name="s" type="old:string"/>',
        ),
        ['{http://www.w3.org/2003/05/soap-encoding}Array', '{http://www.w3.org/2003/05/soap-encoding}string'],
      );
    }
  });
});

describe('schemas that every contract may name without a document', () => {
  const types: Readonly<Record<string, readonly string[]>> = {
    'http://www.w3.org/2005/08/addressing': ['EndpointReferenceType', 'AttributedURIType'],
    'http://schemas.xmlsoap.org/ws/2004/08/addressing': ['EndpointReferenceType', 'ServiceNameType'],
    'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd': [
      'SecurityHeaderType',
      'UsernameTokenType',
    ],
    'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd': ['TimestampType'],
    'http://www.w3.org/2004/06/xmlmime': ['base64Binary'],
    'http://www.w3.org/2004/11/xmlmime': ['hexBinary'],
    'http://www.w3.org/2005/05/xmlmime': ['base64Binary'],
  };
  for (const [namespace, locals] of Object.entries(types)) {
    it(`hold ${namespace}`, async () => {
      const parts = locals.map((local, index) => `<part name="p${index}" type="old:${local}"/>`).join('');
      assert.deepEqual(
        await partTypes(namespace, parts),
        locals.map((local) => `{${namespace}}${local}`),
      );
    });
  }
});
