import { SOAP12_ENCODING_NAMESPACE, SOAP_ENCODING_NAMESPACE } from '../builtin-types.ts';
import type { SchemaText } from './builtin-ws-schemas.ts';

/** Of Apache SOAP, Axis and PHP: collections that no contract declares. */
export const XML_SOAP_NAMESPACE = 'http://xml.apache.org/xml-soap';

const ANY = '<any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>';
const OTHERS = '<anyAttribute namespace="##other" processContents="lax"/>';

/** SOAP 1.1, 5 and its schema; SOAP 1.2 Part 2, 3, whose contracts use names of SOAP 1.1 as well. Simple types are in `builtin-types`. */
const ENCODING = `<attribute name="arrayType" type="string"/>
  <attribute name="offset" type="string"/>
  <attribute name="position" type="string"/>
  <attribute name="root" type="boolean"/>
  <attribute name="itemType" type="QName"/>
  <attribute name="arraySize" type="string"/>
  <attribute name="nodeType" type="string"/>
  <attribute name="id" type="ID"/>
  <attribute name="ref" type="IDREF"/>
  <attributeGroup name="commonAttributes"><attribute name="id" type="ID"/><attribute name="href" type="anyURI"/>${OTHERS}</attributeGroup>
  <attributeGroup name="arrayAttributes"><attribute ref="tns:arrayType"/><attribute ref="tns:offset"/></attributeGroup>
  <attributeGroup name="arrayMemberAttributes"><attribute ref="tns:position"/></attributeGroup>
  <group name="Array"><sequence>${ANY}</sequence></group>
  <complexType name="Array"><group ref="tns:Array" minOccurs="0"/><attributeGroup ref="tns:arrayAttributes"/><attributeGroup ref="tns:commonAttributes"/></complexType>
  <element name="Array" type="tns:Array"/>
  <group name="Struct"><sequence>${ANY}</sequence></group>
  <complexType name="Struct"><group ref="tns:Struct" minOccurs="0"/><attributeGroup ref="tns:commonAttributes"/></complexType>
  <element name="Struct" type="tns:Struct"/>`;

const XML_SOAP = `<complexType name="mapItem"><sequence><element name="key" nillable="true" type="anyType"/><element name="value" nillable="true" type="anyType"/></sequence></complexType>
  <complexType name="Map"><sequence><element name="item" type="tns:mapItem" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
  <complexType name="Vector"><sequence><element name="item" type="anyType" nillable="true" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
  <complexType name="Document"><sequence>${ANY}</sequence></complexType>
  <complexType name="Element"><sequence>${ANY}</sequence></complexType>
  <complexType name="DocumentFragment"><sequence>${ANY}</sequence></complexType>
  <complexType name="DataHandler"><simpleContent><extension base="base64Binary"/></simpleContent></complexType>`;

export const ENCODING_SCHEMAS: readonly SchemaText[] = [
  [SOAP_ENCODING_NAMESPACE, ENCODING],
  [SOAP12_ENCODING_NAMESPACE, ENCODING],
  [XML_SOAP_NAMESPACE, XML_SOAP],
];
