import type { SoapRequest } from '../../../connectors/connector.ts';
import { compileCodec, type JsonValue, type OperationCodec, type SoapVersion } from '../../../wsdl/index.ts';
import { contractOf, definitions, schema } from '../../wsdl/link/wsdl-text.ts';

/** Texts that canonical forms, parsers and copies get wrong. */
export const AWKWARD: readonly string[] = [
  'plain',
  'a & b < c > d ]]> "e" \'f\'',
  'line\r\nfeed\rand\ttab',
  ' \u0085 \u2028 \u2029 \u00a0 ',
  'Grüße 日本語 \u{1f600}',
  '</soap:Header><soap:Body>',
];

/** An operation with an attribute, texts, a wildcard and, in SOAP's header, a declared block. */
export async function codecOf(version: SoapVersion): Promise<OperationCodec> {
  const binding = version === '1.1' ? 'soap' : 'soap12';
  const types = schema(`<xs:element name="Pay"><xs:complexType><xs:sequence>
      <xs:element name="Text" type="xs:string" maxOccurs="unbounded"/><xs:any namespace="##other" minOccurs="0" processContents="lax"/>
    </xs:sequence><xs:attribute name="note" type="xs:string"/></xs:complexType></xs:element>
    <xs:element name="Session"><xs:complexType><xs:sequence><xs:any minOccurs="0" processContents="lax" namespace="##any"/></xs:sequence></xs:complexType></xs:element>`);
  const contract = await contractOf(
    definitions(`<types>${types}</types>
      <message name="Pay"><part name="pay" element="t:Pay"/></message><message name="Session"><part name="session" element="t:Session"/></message>
      <portType name="P"><operation name="Pay"><input message="t:Pay"/><output message="t:Pay"/></operation></portType>
      <binding name="B" type="t:P"><${binding}:binding transport="http://schemas.xmlsoap.org/soap/http"/>
        <operation name="Pay"><${binding}:operation soapAction="urn:pay"/>
          <input><${binding}:header message="t:Session" part="session" use="literal"/><${binding}:body use="literal"/></input>
          <output><${binding}:body use="literal"/></output></operation></binding>
      <service name="S"><port name="Port" binding="t:B"><${binding}:address location="http://127.0.0.1/"/></port></service>`),
  );
  return compileCodec(contract, { operation: 'Pay' });
}

export function requestOf(codec: OperationCodec, value: JsonValue): SoapRequest {
  return {
    soapVersion: codec.soapVersion,
    action: codec.operation.soapAction,
    envelope: codec.input.encode(value),
    isOneWay: false,
    deadline: Date.now() + 60_000,
  };
}

/** A value with all the awkward texts; with `session`, raw XML in the header that looks like an envelope. */
export function awkwardValue(hasSession: boolean): JsonValue {
  const session =
    '<x:a xmlns:x="urn:x" xmlns:soap="urn:y"><soap:Header/><!-- <soap:Body> --><soap:Body b="&gt;>"/></x:a>';
  return {
    note: AWKWARD.join(' '),
    text: [...AWKWARD],
    '@any': '<B:x xmlns:B="urn:b" xmlns:a="urn:a" B:y="1" a:z="2" xmlnsfoo="3"><![CDATA[<&]]></B:x>',
    ...(hasSession && { '@header': { session: { '@any': session } } }),
  };
}
