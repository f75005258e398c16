import assert from 'node:assert/strict';
import {
  compileCodec,
  compileContract,
  DecodeError,
  formatDiagnostic,
  SOAP_ENVELOPE_NAMESPACE,
  type DecodeOptions,
  type MessageCodec,
  type SoapFault,
  type SoapVersion,
} from '../../../wsdl/index.ts';

export interface ServiceText {
  /** Content of a schema of `urn:t`, prefix `t`. */
  readonly schema: string;
  readonly soapVersion?: SoapVersion;
  /** Content of wsdl:message of the response; by default a part `p` of element `t:Run`. */
  readonly parts?: string;
  readonly style?: 'document' | 'rpc';
  /** Of the soap:body of the response. */
  readonly use?: 'literal' | 'encoded';
  /** Elements of `urn:t` that are header parts. */
  readonly headers?: readonly string[];
  /** Elements of `urn:t` that are fault details. */
  readonly faults?: readonly string[];
}

const SCHEMA_ATTRIBUTES =
  'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified"';

/** The codec of the response of an operation `Run`. */
export async function compileResponse(service: ServiceText): Promise<MessageCodec> {
  const { contract, diagnostics } = await compileContract('test.wsdl', {
    load: async () => Buffer.from(wsdlOf(service)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  return compileCodec(contract, { operation: 'Run' }).output!;
}

function wsdlOf({
  schema,
  soapVersion = '1.1',
  parts,
  style = 'document',
  use = 'literal',
  headers = [],
  faults = [],
}: ServiceText): string {
  const soap = soapVersion === '1.1' ? 'soap' : 'soap12';
  const namespace = style === 'rpc' ? ' namespace="urn:t"' : '';
  return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/${soap}/"
      xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
    <types><xs:schema ${SCHEMA_ATTRIBUTES}>${schema}</xs:schema></types>
    <message name="In"/><message name="Out">${parts ?? '<part name="p" element="t:Run"/>'}</message>
    ${headers.map((name) => `<message name="Header${name}"><part name="h" element="t:${name}"/></message>`).join('')}
    ${faults.map((name) => `<message name="Fault${name}"><part name="f" element="t:${name}"/></message>`).join('')}
    <portType name="P"><operation name="Run"><input message="t:In"/><output message="t:Out"/>
      ${faults.map((name) => `<fault name="${name}" message="t:Fault${name}"/>`).join('')}</operation></portType>
    <binding name="B" type="t:P"><soap:binding style="${style}" transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="Run"><soap:operation soapAction=""/><input><soap:body use="literal"${namespace}/></input>
        <output>${headers.map((name) => `<soap:header message="t:Header${name}" part="h" use="literal"/>`).join('')}
          <soap:body use="${use}"${style === 'document' ? ' parts="p"' : namespace}/></output>
        ${faults.map((name) => `<fault name="${name}"><soap:fault name="${name}" use="literal"/></fault>`).join('')}
      </operation></binding>
    <service name="S"><port name="P" binding="t:B"><soap:address location="http://127.0.0.1/"/></port></service>
  </definitions>`;
}

/** An envelope with the prefixes `s` (SOAP), `t`, `xs` and `xsi`. */
export function envelope(body: string, header = '', soapVersion: SoapVersion = '1.1'): string {
  return `<s:Envelope xmlns:s="${SOAP_ENVELOPE_NAMESPACE[soapVersion]}" xmlns:t="urn:t" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${
    header === '' ? '' : `<s:Header>${header}</s:Header>`
  }<s:Body>${body}</s:Body></s:Envelope>`;
}

/** The JSON text that an envelope decodes to. */
export function decodeText(codec: MessageCodec, xml: string, options?: DecodeOptions): string {
  const decoded = codec.decode(Buffer.from(xml), options);
  assert.ok(decoded.kind === 'message', 'a fault came');
  return Buffer.from(decoded.json).toString();
}

/** The JSON text of the value of `<t:Run>` with the given content. */
export function decodeRun(codec: MessageCodec, content: string, attributes = ''): string {
  return decodeText(codec, envelope(`<t:Run${attributes}>${content}</t:Run>`));
}

export function decodeFault(codec: MessageCodec, xml: string): SoapFault {
  const decoded = codec.decode(Buffer.from(xml));
  assert.ok(decoded.kind === 'fault', 'no fault came');
  return decoded.fault;
}

/** `code path` of the DecodeError. */
export function failureOf(codec: MessageCodec, xml: string, options?: DecodeOptions): string {
  try {
    codec.decode(Buffer.from(xml), options);
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code} ${error.path}`;
    throw error;
  }
  return assert.fail('it was decoded');
}

/** `code path` below the Body of the DecodeError for `<t:Run>` with the given content. */
export function failureOfRun(codec: MessageCodec, content: string, attributes = ''): string {
  return failureOf(codec, envelope(`<t:Run${attributes}>${content}</t:Run>`)).replace('/Envelope/Body', '');
}

/** A schema whose element `Run` has a complex type of the given content, beside other declarations. */
export function runOf(content: string, others = ''): ServiceText {
  return {
    schema: `<xs:element name="Run"><xs:complexType>${content}</xs:complexType></xs:element>${others}`,
  };
}

/** The element `t:name`. */
export function e(name: string, content = '', attributes = ''): string {
  return `<t:${name}${attributes}>${content}</t:${name}>`;
}
