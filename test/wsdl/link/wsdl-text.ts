import assert from 'node:assert/strict';
import {
  compileContract,
  type CompiledContract,
  type CompileOptions,
} from '../../../wsdl/compile-contract.ts';
import {
  formatDiagnostic,
  type ComplexType,
  type Contract,
  type SimpleType,
  type TypeDefinition,
} from '../../../wsdl/index.ts';

export const PREFIXES: string =
  'xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" ' +
  'xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:test"';

/** A binding and a service for an operation `Run` whose body is the element `Run`. */
const RUN = `<message name="Run"><part name="run" element="t:Run"/></message>
<portType name="P"><operation name="Run"><input message="t:Run"/></operation></portType>
<binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="Run"><soap:operation soapAction="urn:run"/><input><soap:body use="literal"/></input></operation></binding>
<service name="S"><port name="Port" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>`;

export function schema(content: string, attributes = 'elementFormDefault="qualified"'): string {
  return `<xs:schema targetNamespace="urn:test" ${attributes}>${content}</xs:schema>`;
}

export function definitions(content: string): string {
  return `<definitions ${PREFIXES} targetNamespace="urn:test">${content}</definitions>`;
}

/** A WSDL around schemas, of which one declares the element `Run`. */
export function wsdlAround(...schemas: string[]): string {
  return definitions(`<types>${schemas.join('')}</types>${RUN}`);
}

/** Compiles documents given as text, by their names; the first is the WSDL. */
export function compileTexts(
  documents: Readonly<Record<string, string>>,
  options: CompileOptions = {},
): Promise<CompiledContract> {
  const [entry = ''] = Object.keys(documents);
  return compileContract(entry, {
    load: async (uri) => {
      const text = documents[uri];
      if (text === undefined) throw new Error(`no such document: ${uri}`);
      return Buffer.from(text);
    },
    ...options,
  });
}

/** The contract of a WSDL that must compile without an error. */
export async function contractOf(wsdl: string, options: CompileOptions = {}): Promise<Contract> {
  const { contract, diagnostics } = await compileTexts({ 'test.wsdl': wsdl }, options);
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return contract;
}

/** The contract of schema components; an element `Run` is added unless there is one. */
export function contractOfSchema(content: string, options: CompileOptions = {}): Promise<Contract> {
  const run = content.includes('name="Run"') ? '' : '<xs:element name="Run" type="xs:string"/>';
  return contractOf(wsdlAround(schema(content + run)), options);
}

/** The diagnostics of schema components, as text. */
export async function diagnosticsOfSchema(content: string): Promise<string[]> {
  const run = content.includes('name="Run"') ? '' : '<xs:element name="Run" type="xs:string"/>';
  const { diagnostics } = await compileTexts({ 'test.wsdl': wsdlAround(schema(content + run)) });
  return diagnostics.map(formatDiagnostic);
}

export function complexType(contract: Contract, local: string): ComplexType {
  const type = typeNamed(contract, local);
  assert.equal(type.kind, 'complex');
  return type;
}

export function simpleType(contract: Contract, local: string): SimpleType {
  const type = typeNamed(contract, local);
  assert.equal(type.kind, 'simple');
  return type;
}

function typeNamed(contract: Contract, local: string): TypeDefinition {
  const type = contract.types[`{urn:test}${local}`];
  assert.ok(type, `no type ${local} among ${Object.keys(contract.types).join(', ')}`);
  return type;
}
