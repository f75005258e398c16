import assert from 'node:assert/strict';
import { compileCodec } from '../../../../wsdl/codec/compile-codec.ts';
import { compileContract } from '../../../../wsdl/compile-contract.ts';
import { formatDiagnostic } from '../../../../wsdl/diagnostic.ts';
import type {
  Attachment,
  Contract,
  DecodeOptions,
  EncodedPackage,
  JsonValue,
  MessageCodec,
} from '../../../../wsdl/index.ts';

/** Document/literal; `Store` has binary members, `Refer` a swaRef, `Send` and `Call` (rpc) parts as attachments. */
export const ARCHIVE_WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:archive" xmlns:wsi="http://ws-i.org/profiles/basic/1.1/xsd"
  xmlns:xmime="http://www.w3.org/2005/05/xmlmime" xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
  name="Archive" targetNamespace="urn:archive">
  <wsp:Policy wsu:Id="mtom"><wsp:ExactlyOne><wsp:All>
    <o:OptimizedMimeSerialization xmlns:o="http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization"/>
  </wsp:All></wsp:ExactlyOne></wsp:Policy>
  <types><xs:schema targetNamespace="urn:archive" elementFormDefault="qualified">
    <xs:import namespace="http://ws-i.org/profiles/basic/1.1/xsd"/><xs:import namespace="http://www.w3.org/2005/05/xmlmime"/>
    <xs:element name="Document"><xs:complexType><xs:sequence>
      <xs:element name="Name" type="xs:string"/>
      <xs:element name="Content" type="xs:base64Binary" nillable="true" xmime:expectedContentTypes="application/pdf, image/*;q=0.5"/>
      <xs:element name="Page" type="xs:base64Binary" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="Typed" type="xmime:base64Binary" minOccurs="0"/>
      <xs:element name="Short" minOccurs="0"><xs:simpleType><xs:restriction base="xs:base64Binary"><xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="Hash" type="xs:hexBinary" minOccurs="0"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="Reference"><xs:complexType><xs:sequence>
      <xs:element name="File" type="wsi:swaRef"/>
    </xs:sequence><xs:attribute name="thumbnail" type="wsi:swaRef"/></xs:complexType></xs:element>
    <xs:element name="Receipt"><xs:complexType><xs:sequence><xs:element name="Id" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  </xs:schema></types>
  <message name="Document"><part name="document" element="t:Document"/></message>
  <message name="Reference"><part name="reference" element="t:Reference"/></message>
  <message name="Parts"><part name="receipt" element="t:Receipt"/><part name="scan" type="xs:base64Binary"/><part name="Notes" type="xs:string"/></message>
  <message name="Call"><part name="id" type="xs:string"/><part name="id-file" type="xs:base64Binary"/></message>
  <portType name="Archive">
    <operation name="Store"><input message="t:Document"/><output message="t:Document"/></operation>
    <operation name="Refer"><input message="t:Reference"/><output message="t:Reference"/></operation>
    <operation name="Send"><input message="t:Parts"/><output message="t:Parts"/></operation>
    <operation name="Call"><input message="t:Call"/></operation>
  </portType>
  <binding name="Archive" type="t:Archive"><wsp:PolicyReference URI="#mtom"/><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Store"><soap:operation soapAction="urn:archive:Store"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
    <operation name="Refer"><soap:operation soapAction=""/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
    <operation name="Send"><soap:operation soapAction=""/>
      <input><mime:multipartRelated><mime:part><soap:body use="literal"/></mime:part>
        <mime:part><mime:content part="scan" type="image/png"/><mime:content part="scan" type="image/jpeg"/></mime:part>
        <mime:part><mime:content part="Notes" type="text/plain"/></mime:part></mime:multipartRelated></input>
      <output><mime:multipartRelated><mime:part><soap:body parts="receipt" use="literal"/></mime:part>
        <mime:part><mime:content part="scan" type="*/*"/></mime:part><mime:part><mime:content part="Notes"/></mime:part></mime:multipartRelated></output></operation>
    <operation name="Call"><soap:operation soapAction="" style="rpc"/>
      <input><mime:multipartRelated><mime:part><soap:body use="literal" namespace="urn:archive"/></mime:part>
        <mime:part><mime:content part="id-file" type="application/pdf"/></mime:part></mime:multipartRelated></input></operation>
  </binding>
  <service name="Archive"><port name="Archive" binding="t:Archive"><soap:address location="http://localhost/archive"/></port></service>
</definitions>`;

export async function archive(): Promise<Contract> {
  const { contract, diagnostics } = await compileContract('archive.wsdl', {
    load: () => Promise.resolve(Buffer.from(ARCHIVE_WSDL)),
  });
  assert.ok(contract, diagnostics.map(formatDiagnostic).join('\n'));
  assert.deepEqual(diagnostics.map(formatDiagnostic), []);
  return contract;
}

export async function inputOf(operation: string): Promise<MessageCodec> {
  return compileCodec(await archive(), { operation }).input;
}

export function xmlOf({ envelope }: EncodedPackage): string {
  return Buffer.from(envelope).toString();
}

export function decode(
  codec: MessageCodec,
  xml: Uint8Array | string,
  options: DecodeOptions = {},
): JsonValue {
  const decoded = codec.decode(Buffer.from(xml), options);
  assert.ok(decoded.kind === 'message');
  return JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue;
}

export function attachment(contentId: string, content: string): Attachment {
  return { contentId, content: Buffer.from(content) };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** An envelope with a `Document`; `t:` is bound. */
export function documentEnvelope(content: string): string {
  return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:archive" xmlns:xop="http://www.w3.org/2004/08/xop/include"><e:Body><t:Document>${content}</t:Document></e:Body></e:Envelope>`;
}

export const INCLUDE = (href: string): string => `<xop:Include href="${href}"/>`;
