import { SOAP_ENCODING_NAMESPACE } from '../builtin-types.ts';
import { SOAP_ENVELOPE_NAMESPACE, XML_NAMESPACE, XSD_NAMESPACE, type QName } from '../qname.ts';

const XLINK_NAMESPACE = 'http://www.w3.org/1999/xlink';
/** Of Apache SOAP, Axis and PHP: collections that no contract declares. */
const XML_SOAP_NAMESPACE = 'http://xml.apache.org/xml-soap';
const XMLMIME_NAMESPACE = 'http://www.w3.org/2005/05/xmlmime';

function schema(namespace: string, content: string): string {
  // The prefix xml may be declared only as what it is already, and its namespace by no other prefix.
  const own = namespace === XML_NAMESPACE ? 'xml' : 'tns';
  return `<schema xmlns="${XSD_NAMESPACE}" targetNamespace="${namespace}" xmlns:${own}="${namespace}">${content}</schema>`;
}

function envelope(namespace: string, content: string): string {
  return schema(
    namespace,
    `<attribute name="mustUnderstand" type="boolean"/><attribute name="encodingStyle" type="anyURI"/>${content}`,
  );
}

/** Schemas that contracts refer to without saying where they are. They stand in only where no document is given. */
export const BUILTIN_SCHEMAS: ReadonlyMap<string, string> = new Map([
  [
    XML_NAMESPACE,
    schema(
      XML_NAMESPACE,
      `<attribute name="lang"><simpleType><union memberTypes="language"><simpleType><restriction base="string"><enumeration value=""/></restriction></simpleType></union></simpleType></attribute>
      <attribute name="space"><simpleType><restriction base="NCName"><enumeration value="default"/><enumeration value="preserve"/></restriction></simpleType></attribute>
      <attribute name="base" type="anyURI"/>
      <attribute name="id" type="ID"/>
      <attributeGroup name="specialAttrs"><attribute ref="xml:base"/><attribute ref="xml:lang"/><attribute ref="xml:space"/><attribute ref="xml:id"/></attributeGroup>`,
    ),
  ],
  [
    XMLMIME_NAMESPACE,
    schema(
      XMLMIME_NAMESPACE,
      `<attribute name="contentType"><simpleType><restriction base="string"><minLength value="3"/></restriction></simpleType></attribute>
      <attribute name="expectedContentTypes" type="string"/>
      <complexType name="base64Binary"><simpleContent><extension base="base64Binary"><attribute ref="tns:contentType"/></extension></simpleContent></complexType>
      <complexType name="hexBinary"><simpleContent><extension base="hexBinary"><attribute ref="tns:contentType"/></extension></simpleContent></complexType>`,
    ),
  ],
  [
    XLINK_NAMESPACE,
    schema(
      XLINK_NAMESPACE,
      `<attribute name="type" type="string"/>
      <attribute name="href" type="anyURI"/>
      <attribute name="role" type="anyURI"/>
      <attribute name="arcrole" type="anyURI"/>
      <attribute name="title" type="string"/>
      <attribute name="show" type="string"/>
      <attribute name="actuate" type="string"/>
      <attribute name="label" type="string"/>
      <attribute name="from" type="string"/>
      <attribute name="to" type="string"/>`,
    ),
  ],
  [
    SOAP_ENVELOPE_NAMESPACE['1.1'],
    envelope(SOAP_ENVELOPE_NAMESPACE['1.1'], '<attribute name="actor" type="anyURI"/>'),
  ],
  [
    SOAP_ENVELOPE_NAMESPACE['1.2'],
    envelope(
      SOAP_ENVELOPE_NAMESPACE['1.2'],
      '<attribute name="role" type="anyURI"/><attribute name="relay" type="boolean"/>',
    ),
  ],
  [
    SOAP_ENCODING_NAMESPACE,
    schema(
      SOAP_ENCODING_NAMESPACE,
      `<attribute name="arrayType" type="string"/>
      <attribute name="offset" type="string"/>
      <attribute name="position" type="string"/>
      <attribute name="root" type="boolean"/>
      <attributeGroup name="commonAttributes"><attribute name="id" type="ID"/><attribute name="href" type="anyURI"/><anyAttribute namespace="##other" processContents="lax"/></attributeGroup>
      <attributeGroup name="arrayAttributes"><attribute ref="tns:arrayType"/><attribute ref="tns:offset"/></attributeGroup>
      <group name="Array"><sequence><any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/></sequence></group>
      <complexType name="Array"><group ref="tns:Array" minOccurs="0"/><attributeGroup ref="tns:arrayAttributes"/><attributeGroup ref="tns:commonAttributes"/></complexType>
      <group name="Struct"><sequence><any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/></sequence></group>
      <complexType name="Struct"><group ref="tns:Struct" minOccurs="0"/><attributeGroup ref="tns:commonAttributes"/></complexType>`,
    ),
  ],
  [
    XML_SOAP_NAMESPACE,
    schema(
      XML_SOAP_NAMESPACE,
      `<complexType name="mapItem"><sequence><element name="key" type="anyType" nillable="true"/><element name="value" type="anyType" nillable="true"/></sequence></complexType>
      <complexType name="Map"><sequence><element name="item" type="tns:mapItem" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
      <complexType name="Vector"><sequence><element name="item" type="anyType" nillable="true" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>`,
    ),
  ],
]);

/** What stands in an encoded message wherever anything may, though the contract names none of it. */
export const ENCODING_TYPES: readonly QName[] = [
  { namespace: SOAP_ENCODING_NAMESPACE, local: 'Array' },
  { namespace: XML_SOAP_NAMESPACE, local: 'Map' },
  { namespace: XML_SOAP_NAMESPACE, local: 'Vector' },
];
