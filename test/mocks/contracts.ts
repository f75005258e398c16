import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes documents into a folder of their own for the time of `use`, which gets the folder's path. */
export async function withDocuments<Result>(
  documents: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-mocks-'));
  try {
    for (const [name, text] of Object.entries(documents)) await writeFile(join(folder, name), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const NAMESPACES = `xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:xs="http://www.w3.org/2001/XMLSchema"`;
const TRANSPORT = 'transport="http://schemas.xmlsoap.org/soap/http"';

/** Document/literal over SOAP 1.1 and 1.2: Greet with a declared fault, and one-way Tell. The schema stands apart. */
export const GREETER: Readonly<Record<string, string>> = {
  'greeter.xsd': `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:greeter" targetNamespace="urn:greeter" elementFormDefault="qualified">
  <xs:include schemaLocation="simple.xsd"/>
  <xs:element name="Greet"><xs:complexType><xs:sequence>
    <xs:element name="Name" type="Name"/>
    <xs:element name="Times" type="xs:int" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="GreetResponse"><xs:complexType><xs:sequence>
    <xs:element name="Line" type="xs:string" maxOccurs="5"/>
    <xs:element name="Mood" type="Mood"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Tell"><xs:complexType><xs:sequence><xs:element name="Secret" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Unwelcome"><xs:complexType><xs:sequence><xs:element name="Until" type="xs:date"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>`,
  'simple.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Name"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="20"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Mood"><xs:restriction base="xs:string"><xs:enumeration value="glad"/><xs:enumeration value="gloomy"/></xs:restriction></xs:simpleType>
</xs:schema>`,
  'greeter.wsdl': `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Greeter" targetNamespace="urn:greeter" xmlns:tns="urn:greeter" ${NAMESPACES}>
  <wsdl:types><xs:schema><xs:import namespace="urn:greeter" schemaLocation="greeter.xsd"/></xs:schema></wsdl:types>
  <wsdl:message name="GreetIn"><wsdl:part name="parameters" element="tns:Greet"/></wsdl:message>
  <wsdl:message name="GreetOut"><wsdl:part name="parameters" element="tns:GreetResponse"/></wsdl:message>
  <wsdl:message name="TellIn"><wsdl:part name="parameters" element="tns:Tell"/></wsdl:message>
  <wsdl:message name="UnwelcomeFault"><wsdl:part name="detail" element="tns:Unwelcome"/></wsdl:message>
  <wsdl:portType name="Greeter">
    <wsdl:operation name="Greet">
      <wsdl:documentation>Says hello.</wsdl:documentation>
      <wsdl:input message="tns:GreetIn"/><wsdl:output message="tns:GreetOut"/>
      <wsdl:fault name="Unwelcome" message="tns:UnwelcomeFault"/>
    </wsdl:operation>
    <wsdl:operation name="Tell"><wsdl:input message="tns:TellIn"/></wsdl:operation>
  </wsdl:portType>
${greeterBinding('Greeter11', 'soap')}
${greeterBinding('Greeter12', 'soap12')}
  <wsdl:service name="Greeter">
    <wsdl:port name="Greeter11" binding="tns:Greeter11"><soap:address location="http://old.example/greeter"/></wsdl:port>
    <wsdl:port name="Greeter12" binding="tns:Greeter12"><soap12:address location="http://old.example/greeter12"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>`,
};

function greeterBinding(name: string, soap: 'soap' | 'soap12'): string {
  const body = `<${soap}:body use="literal"/>`;
  return `  <wsdl:binding name="${name}" type="tns:Greeter">
    <${soap}:binding style="document" ${TRANSPORT}/>
    <wsdl:operation name="Greet">
      <${soap}:operation soapAction="urn:greeter/Greet"/>
      <wsdl:input>${body}</wsdl:input><wsdl:output>${body}</wsdl:output>
      <wsdl:fault name="Unwelcome"><${soap}:fault name="Unwelcome" use="literal"/></wsdl:fault>
    </wsdl:operation>
    <wsdl:operation name="Tell"><${soap}:operation soapAction="urn:greeter/Tell"/><wsdl:input>${body}</wsdl:input></wsdl:operation>
  </wsdl:binding>`;
}

/** Rpc/literal over SOAP 1.1: Add. */
export const ADDER: string = `<wsdl:definitions name="Adder" targetNamespace="urn:adder" xmlns:tns="urn:adder" ${NAMESPACES}>
  <wsdl:message name="AddIn"><wsdl:part name="left" type="xs:int"/><wsdl:part name="right" type="xs:int"/></wsdl:message>
  <wsdl:message name="AddOut"><wsdl:part name="sum" type="xs:int"/></wsdl:message>
  <wsdl:portType name="Adder">
    <wsdl:operation name="Add"><wsdl:input message="tns:AddIn"/><wsdl:output message="tns:AddOut"/></wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="Adder" type="tns:Adder">
    <soap:binding style="rpc" ${TRANSPORT}/>
    <wsdl:operation name="Add">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal" namespace="urn:adder"/></wsdl:input>
      <wsdl:output><soap:body use="literal" namespace="urn:adder"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Adder"><wsdl:port name="Adder" binding="tns:Adder"><soap:address location="http://old.example/adder"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;

/** Document/literal: Open and Close both take a Door; only the SOAPAction tells them apart. */
export const DOORS: string = `<wsdl:definitions name="Doors" targetNamespace="urn:doors" xmlns:tns="urn:doors" ${NAMESPACES}>
  <wsdl:types><xs:schema targetNamespace="urn:doors"><xs:element name="Door" type="xs:string"/><xs:element name="Done" type="xs:string"/></xs:schema></wsdl:types>
  <wsdl:message name="In"><wsdl:part name="p" element="tns:Door"/></wsdl:message>
  <wsdl:message name="Out"><wsdl:part name="p" element="tns:Done"/></wsdl:message>
  <wsdl:portType name="Doors">
    <wsdl:operation name="Open"><wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/></wsdl:operation>
    <wsdl:operation name="Close"><wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/></wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="Doors" type="tns:Doors">
    <soap:binding style="document" ${TRANSPORT}/>
    ${['Open', 'Close'].map((name) => `<wsdl:operation name="${name}"><soap:operation soapAction="urn:doors/${name}"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`).join('')}
  </wsdl:binding>
  <wsdl:service name="Doors"><wsdl:port name="Doors" binding="tns:Doors"><soap:address location="http://old.example/doors"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
