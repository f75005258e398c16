import assert from 'node:assert/strict';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import {
  compileCodec,
  compileContract,
  formatDiagnostic,
  sampleMessage,
  type Contract,
  type JsonValue,
  type OperationCodec,
  type SampleOptions,
} from '../../../wsdl/index.ts';

/** A contract with one operation `Run`, whose input and output are the element `Example` of a given schema. */
export interface ExampleContract {
  readonly contract: Contract;
  readonly codec: OperationCodec;
  /**
   * A sample of the input. Asserts that it encodes, that the XML is valid for libxml2, and that it decodes to the same
   * JSON value.
   */
  readonly sample: (options?: SampleOptions) => Record<string, JsonValue>;
}

/** `content` stands in the complex type of `Example`, `globals` beside it. */
export async function exampleContract(content: string, globals = ''): Promise<ExampleContract> {
  const schema = schemaOf(content, globals);
  const { contract, diagnostics } = await compileContract('example.wsdl', {
    load: async () => Buffer.from(wsdlOf(schema)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  const codec = compileCodec(contract, { operation: 'Run' });
  return {
    contract,
    codec,
    sample: (options) => {
      const value = sampleMessage(contract, codec.operation.input, options);
      const xml = codec.input.encode(value);
      assertValid(xml, schema);
      const decoded = codec.input.decode(xml);
      assert.ok(decoded.kind === 'message');
      assert.deepEqual(JSON.parse(Buffer.from(decoded.json).toString()), value);
      return value as Record<string, JsonValue>;
    },
  };
}

function assertValid(envelope: Uint8Array, schema: string): void {
  using message = XmlDocument.fromString(bodyOf(Buffer.from(envelope).toString()));
  using xsd = XmlDocument.fromString(schema);
  using validator = XsdValidator.fromDoc(xsd);
  validator.validate(message);
}

/** The element in the body as a document of its own, with the namespaces that the envelope declares. */
function bodyOf(envelope: string): string {
  const [, declarations = ''] = /^(?:<\?[^>]*\?>\s*)?<[\w:]+Envelope([^>]*)>/.exec(envelope) ?? [];
  const [, body = ''] = /<[\w:]+Body>([\s\S]*)<\/[\w:]+Body>/.exec(envelope) ?? [];
  return body.replace(/^<[\w:]+/, (start) => `${start}${declarations}`);
}

function schemaOf(content: string, globals: string): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:example" targetNamespace="urn:example" elementFormDefault="qualified">
    <xs:element name="Example"><xs:complexType>${content}</xs:complexType></xs:element>
    ${globals}
  </xs:schema>`;
}

function wsdlOf(schema: string): string {
  return `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns="urn:example" targetNamespace="urn:example" name="Samples">
  <wsdl:types>${schema}</wsdl:types>
  <wsdl:message name="Message"><wsdl:part name="parameters" element="Example"/></wsdl:message>
  <wsdl:portType name="Samples"><wsdl:operation name="Run"><wsdl:input message="Message"/></wsdl:operation></wsdl:portType>
  <wsdl:binding name="Samples" type="Samples">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Run"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Samples"><wsdl:port name="Samples" binding="Samples"><soap:address location="http://127.0.0.1/"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}
