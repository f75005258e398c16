import assert from 'node:assert/strict';
import {
  compileCodec,
  compileContract,
  DecodeError,
  defaultLimits,
  formatDiagnostic,
  SOAP_ENVELOPE_NAMESPACE,
  type Contract,
  type DecodeOptions,
  type JsonValue,
  type Limits,
  type OperationCodec,
  type SoapVersion,
} from '../../../../wsdl/index.ts';

export const SOAP_ENC = 'http://schemas.xmlsoap.org/soap/encoding/';
export const ENC = 'http://www.w3.org/2003/05/soap-encoding';

export interface EncodedService {
  /** Content of a schema of `urn:t`, prefixes `t`, `soapenc` and `enc`, unqualified. */
  readonly schema?: string;
  /** Content of the messages of the call and of the answer. */
  readonly parts: string;
  readonly answer?: string;
  /** Content of the message of a declared fault `Failed`. */
  readonly fault?: string;
  readonly soapVersion?: SoapVersion;
  /** Of the call; the answer is always encoded. */
  readonly use?: 'literal' | 'encoded';
  readonly style?: 'rpc' | 'document';
}

/** A WSDL with one encoded operation `Run`. */
export function encodedWsdl({
  schema = '',
  parts,
  answer = parts,
  fault,
  soapVersion = '1.1',
  use = 'encoded',
  style = 'rpc',
}: EncodedService): string {
  const soap = soapVersion === '1.1' ? 'soap' : 'soap12';
  const encoding = soapVersion === '1.1' ? SOAP_ENC : ENC;
  const namespace = style === 'rpc' ? 'namespace="urn:t"' : '';
  const encoded = `<soap:body use="encoded" encodingStyle="${encoding}" ${namespace}/>`;
  return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/${soap}/" xmlns:t="urn:t"
      xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:soapenc="${SOAP_ENC}" xmlns:enc="${ENC}" targetNamespace="urn:t">
    <types><xs:schema targetNamespace="urn:t"><xs:import namespace="${SOAP_ENC}"/>${schema}</xs:schema></types>
    <message name="In">${parts}</message><message name="Out">${answer}</message>
    ${fault === undefined ? '' : `<message name="Failed">${fault}</message>`}
    <portType name="P"><operation name="Run"><input message="t:In"/><output message="t:Out"/>
      ${fault === undefined ? '' : '<fault name="Failed" message="t:Failed"/>'}</operation></portType>
    <binding name="B" type="t:P"><soap:binding style="${style}" transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="Run"><soap:operation soapAction="urn:Run"/>
        <input>${use === 'encoded' ? encoded : `<soap:body use="literal" ${namespace}/>`}</input><output>${encoded}</output>
        ${fault === undefined ? '' : `<fault name="Failed"><soap:fault name="Failed" use="encoded"/></fault>`}</operation></binding>
    <service name="S"><port name="P" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>
  </definitions>`;
}

export async function compileEncoded(
  service: EncodedService,
): Promise<{ readonly contract: Contract; readonly codec: OperationCodec }> {
  const { contract, diagnostics } = await compileContract('test.wsdl', {
    load: async () => Buffer.from(encodedWsdl(service)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  assert.deepEqual(diagnostics.map(formatDiagnostic), []);
  return { contract, codec: compileCodec(contract, { operation: 'Run' }) };
}

/** A type that is an array of SOAP encoding. */
export function arrayType(name: string, items: string): string {
  return `<xs:complexType name="${name}"><xs:complexContent><xs:restriction base="soapenc:Array"><xs:attribute ref="soapenc:arrayType" wsdl:arrayType="${items}"/></xs:restriction></xs:complexContent></xs:complexType>`;
}

export function structType(name: string, content: string): string {
  return `<xs:complexType name="${name}"><xs:sequence>${content}</xs:sequence></xs:complexType>`;
}

/** What `Run` holds in the call, prefixes declared on the envelope. */
export function encodeCall({ input }: OperationCodec, value: JsonValue): string {
  const xml = Buffer.from(input.encode(value)).toString();
  return /<tns:Run[^>]*>(.*)<\/tns:Run>/s.exec(xml)?.[1] ?? assert.fail(xml);
}

/** An envelope with the prefixes `s`, `t`, `xs`, `xsi`, `soapenc` and `enc`. */
export function encodedEnvelope(body: string, soapVersion: SoapVersion = '1.1'): string {
  return `<s:Envelope xmlns:s="${SOAP_ENVELOPE_NAMESPACE[soapVersion]}" xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:soapenc="${SOAP_ENC}" xmlns:enc="${ENC}"><s:Body>${body}</s:Body></s:Envelope>`;
}

/** The value of an answer: `content` of the wrapper, then what stands beside that in the Body. */
export function decodeAnswer(codec: OperationCodec, content: string, beside = ''): unknown {
  return decodeBody(codec, `<t:RunResponse>${content}</t:RunResponse>${beside}`);
}

export function decodeBody(
  { output, soapVersion }: OperationCodec,
  body: string,
  options?: DecodeOptions,
): unknown {
  const decoded = output!.decode(Buffer.from(encodedEnvelope(body, soapVersion)), options);
  assert.ok(decoded.kind === 'message', 'a fault came');
  return JSON.parse(Buffer.from(decoded.json).toString());
}

/** The DecodeError that an answer ends in. */
export function failureOf(
  codec: OperationCodec,
  content: string,
  beside = '',
  limits: Partial<Limits> = {},
): DecodeError {
  try {
    decodeBody(codec, `<t:RunResponse>${content}</t:RunResponse>${beside}`, {
      limits: { ...defaultLimits, ...limits },
    });
  } catch (error) {
    assert.ok(error instanceof DecodeError, String((error as Error).stack));
    return error;
  }
  return assert.fail('the message was taken');
}
