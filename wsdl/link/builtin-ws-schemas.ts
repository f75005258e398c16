/** The content of a schema by its namespace; `tns:` is the namespace itself and needs no declaration. */
export type SchemaText = readonly [namespace: string, content: string];

const ANY_LAX = '<any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>';
const OTHER_LAX = '<any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>';
const ANY_ATTRIBUTE = '<anyAttribute namespace="##other" processContents="lax"/>';

/** WS-Addressing 1.0 Core and its forerunners, which differ in a few names. */
function addressing(properties: string): string {
  return `<complexType name="AttributedURIType"><simpleContent><extension base="anyURI">${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="AttributedURI"><simpleContent><extension base="anyURI">${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="AttributedQName"><simpleContent><extension base="QName">${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="AttributedQNameType"><simpleContent><extension base="QName">${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="AttributedUnsignedLongType"><simpleContent><extension base="unsignedLong">${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="AnyContent"><sequence>${ANY_LAX}</sequence>${ANY_ATTRIBUTE}</complexType>
    <complexType name="ServiceNameType"><simpleContent><extension base="QName"><attribute name="PortName" type="NCName"/>${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="RelatesToType"><simpleContent><extension base="anyURI"><attribute name="RelationshipType" type="anyURI"/>${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="Relationship"><simpleContent><extension base="anyURI"><attribute name="RelationshipType" type="QName"/>${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="EndpointReferenceType"><sequence>
      <element name="Address" type="tns:AttributedURIType"/>${properties}${OTHER_LAX}</sequence>${ANY_ATTRIBUTE}</complexType>
    <element name="EndpointReference" type="tns:EndpointReferenceType"/>
    <element name="MessageID" type="tns:AttributedURIType"/>
    <element name="RelatesTo" type="tns:RelatesToType"/>
    <element name="To" type="tns:AttributedURIType"/>
    <element name="Action" type="tns:AttributedURIType"/>
    <element name="From" type="tns:EndpointReferenceType"/>
    <element name="ReplyTo" type="tns:EndpointReferenceType"/>
    <element name="FaultTo" type="tns:EndpointReferenceType"/>
    <element name="ReferenceParameters" type="tns:AnyContent"/>
    <element name="Metadata" type="tns:AnyContent"/>
    <attribute name="Action" type="anyURI"/>
    <attribute name="IsReferenceParameter" type="boolean"/>`;
}

const CORE =
  '<element name="ReferenceParameters" type="tns:AnyContent" minOccurs="0"/><element name="Metadata" type="tns:AnyContent" minOccurs="0"/>';
const SUBMISSION =
  '<element name="ReferenceProperties" type="tns:AnyContent" minOccurs="0"/><element name="ReferenceParameters" type="tns:AnyContent" minOccurs="0"/>' +
  '<element name="PortType" type="tns:AttributedQName" minOccurs="0"/><element name="ServiceName" type="tns:ServiceNameType" minOccurs="0"/>';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

/** OASIS WS-Security 1.0, secext: the headers are open, so their content is kept as it is. */
const SECURITY_EXTENSION = `<import namespace="${WSU}"/>
    <attribute name="Usage" type="string"/>
    <complexType name="AttributedString"><simpleContent><extension base="string"><attribute ref="wsu:Id"/>${ANY_ATTRIBUTE}</extension></simpleContent></complexType>
    <complexType name="PasswordString"><simpleContent><extension base="tns:AttributedString"><attribute name="Type" type="anyURI"/></extension></simpleContent></complexType>
    <complexType name="EncodedString"><simpleContent><extension base="tns:AttributedString"><attribute name="EncodingType" type="anyURI"/></extension></simpleContent></complexType>
    <complexType name="UsernameTokenType"><sequence><element name="Username" type="tns:AttributedString"/>${ANY_LAX}</sequence><attribute ref="wsu:Id"/>${ANY_ATTRIBUTE}</complexType>
    <complexType name="BinarySecurityTokenType"><simpleContent><extension base="tns:EncodedString"><attribute name="ValueType" type="anyURI"/></extension></simpleContent></complexType>
    <complexType name="KeyIdentifierType"><simpleContent><extension base="tns:EncodedString"><attribute name="ValueType" type="anyURI"/></extension></simpleContent></complexType>
    <complexType name="ReferenceType"><attribute name="URI" type="anyURI"/><attribute name="ValueType" type="anyURI"/>${ANY_ATTRIBUTE}</complexType>
    <complexType name="EmbeddedType"><sequence>${ANY_LAX}</sequence><attribute name="ValueType" type="anyURI"/>${ANY_ATTRIBUTE}</complexType>
    <complexType name="SecurityTokenReferenceType"><sequence>${ANY_LAX}</sequence><attribute ref="wsu:Id"/><attribute ref="tns:Usage"/>${ANY_ATTRIBUTE}</complexType>
    <complexType name="SecurityHeaderType"><sequence>${ANY_LAX}</sequence>${ANY_ATTRIBUTE}</complexType>
    <complexType name="TransformationParametersType"><sequence>${ANY_LAX}</sequence>${ANY_ATTRIBUTE}</complexType>
    <element name="UsernameToken" type="tns:UsernameTokenType"/>
    <element name="BinarySecurityToken" type="tns:BinarySecurityTokenType"/>
    <element name="Reference" type="tns:ReferenceType"/>
    <element name="Embedded" type="tns:EmbeddedType"/>
    <element name="KeyIdentifier" type="tns:KeyIdentifierType"/>
    <element name="SecurityTokenReference" type="tns:SecurityTokenReferenceType"/>
    <element name="Security" type="tns:SecurityHeaderType"/>
    <element name="TransformationParameters" type="tns:TransformationParametersType"/>
    <element name="Password" type="tns:PasswordString"/>
    <element name="Nonce" type="tns:EncodedString"/>`;

/** OASIS WS-Security 1.0, utility. */
const SECURITY_UTILITY = `<attribute name="Id" type="ID"/>
    <attributeGroup name="commonAtts"><attribute ref="tns:Id"/>${ANY_ATTRIBUTE}</attributeGroup>
    <complexType name="AttributedDateTime"><simpleContent><extension base="string"><attributeGroup ref="tns:commonAtts"/></extension></simpleContent></complexType>
    <complexType name="AttributedURI"><simpleContent><extension base="anyURI"><attributeGroup ref="tns:commonAtts"/></extension></simpleContent></complexType>
    <complexType name="TimestampType"><sequence><element ref="tns:Created" minOccurs="0"/><element ref="tns:Expires" minOccurs="0"/>${OTHER_LAX}</sequence><attributeGroup ref="tns:commonAtts"/></complexType>
    <element name="Timestamp" type="tns:TimestampType"/>
    <element name="Created" type="tns:AttributedDateTime"/>
    <element name="Expires" type="tns:AttributedDateTime"/>`;

export const WS_SCHEMAS: readonly SchemaText[] = [
  ['http://www.w3.org/2005/08/addressing', addressing(CORE)],
  ['http://schemas.xmlsoap.org/ws/2004/08/addressing', addressing(SUBMISSION)],
  [WSSE, SECURITY_EXTENSION],
  [WSU, SECURITY_UTILITY],
];

/** Prefixes that the schemas above use for each other. */
export const WS_PREFIXES: string = `xmlns:wsu="${WSU}"`;
