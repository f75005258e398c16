import { SOAP_ENCODING_NAMESPACE } from '../builtin-types.ts';
import { SOAP_ENVELOPE_NAMESPACE, XML_NAMESPACE, XSD_NAMESPACE, type QName } from '../qname.ts';
import { ENCODING_SCHEMAS, XML_SOAP_NAMESPACE } from './builtin-encoding-schemas.ts';
import { WS_PREFIXES, WS_SCHEMAS } from './builtin-ws-schemas.ts';

const XLINK_NAMESPACE = 'http://www.w3.org/1999/xlink';
/** WS-I Attachments Profile 1.0, 4.4. */
export const SWA_REF_NAMESPACE = 'http://ws-i.org/profiles/basic/1.1/xsd';
const XMLMIME_NAMESPACES = [
  'http://www.w3.org/2005/05/xmlmime',
  'http://www.w3.org/2004/11/xmlmime',
  'http://www.w3.org/2004/06/xmlmime',
];

/** Local elements of SOAP encoding and of what Axis built on it have no namespace. */
const FORM: Readonly<Record<string, string>> = { [XML_SOAP_NAMESPACE]: 'unqualified' };

function schema(namespace: string, content: string): string {
  // The prefix xml may be declared only as what it is already, and its namespace by no other prefix.
  const own = namespace === XML_NAMESPACE ? 'xml' : 'tns';
  return `<schema xmlns="${XSD_NAMESPACE}" targetNamespace="${namespace}" xmlns:${own}="${namespace}" ${WS_PREFIXES} elementFormDefault="${FORM[namespace] ?? 'qualified'}">${content}</schema>`;
}

/** Describing Media Content of Binary Data in XML, with the names of its drafts. */
const XMLMIME = `<attribute name="contentType"><simpleType><restriction base="string"><minLength value="3"/></restriction></simpleType></attribute>
  <attribute name="expectedContentTypes" type="string"/>
  <attribute name="expectedMediaType" type="string"/>
  <simpleType name="expectedMediaTypeItem"><restriction base="string"/></simpleType>
  <complexType name="base64Binary"><simpleContent><extension base="base64Binary"><attribute ref="tns:contentType"/></extension></simpleContent></complexType>
  <complexType name="hexBinary"><simpleContent><extension base="hexBinary"><attribute ref="tns:contentType"/></extension></simpleContent></complexType>`;

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
  ...XMLMIME_NAMESPACES.map((namespace) => [namespace, schema(namespace, XMLMIME)] as const),
  [
    SWA_REF_NAMESPACE,
    schema(SWA_REF_NAMESPACE, '<simpleType name="swaRef"><restriction base="anyURI"/></simpleType>'),
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
  ...[...ENCODING_SCHEMAS, ...WS_SCHEMAS].map(
    ([namespace, content]) => [namespace, schema(namespace, content)] as const,
  ),
]);

/** What stands in an encoded message wherever anything may, though the contract names none of it. */
export const ENCODING_TYPES: readonly QName[] = [
  { namespace: SOAP_ENCODING_NAMESPACE, local: 'Array' },
  { namespace: XML_SOAP_NAMESPACE, local: 'Map' },
  { namespace: XML_SOAP_NAMESPACE, local: 'Vector' },
];
