import type { ComplexType, Contract, Facets, SimpleType, SimpleVariety, TypeDefinition } from './contract.ts';
import { XSD_NAMESPACE, qnameKey, type QNameKey } from './qname.ts';

export const SOAP_ENCODING_NAMESPACE = 'http://schemas.xmlsoap.org/soap/encoding/';
export const SOAP12_ENCODING_NAMESPACE = 'http://www.w3.org/2003/05/soap-encoding';
export const ANY_TYPE: QNameKey = qnameKey(XSD_NAMESPACE, 'anyType');
export const ANY_SIMPLE_TYPE: QNameKey = qnameKey(XSD_NAMESPACE, 'anySimpleType');

const PRESERVE: Facets = { whiteSpace: 'preserve' };
const REPLACE: Facets = { whiteSpace: 'replace' };
const COLLAPSE: Facets = { whiteSpace: 'collapse' };

/** Primitive types (XSD 1.0 Part 2, 3.2); their base is anySimpleType. */
const PRIMITIVE: Readonly<Record<string, Facets>> = {
  string: PRESERVE,
  boolean: COLLAPSE,
  decimal: COLLAPSE,
  float: COLLAPSE,
  double: COLLAPSE,
  duration: COLLAPSE,
  dateTime: COLLAPSE,
  time: COLLAPSE,
  date: COLLAPSE,
  gYearMonth: COLLAPSE,
  gYear: COLLAPSE,
  gMonthDay: COLLAPSE,
  gDay: COLLAPSE,
  gMonth: COLLAPSE,
  hexBinary: COLLAPSE,
  base64Binary: COLLAPSE,
  anyURI: COLLAPSE,
  QName: COLLAPSE,
  NOTATION: COLLAPSE,
};

function integerFacets(minInclusive?: string, maxInclusive?: string): Facets {
  return {
    whiteSpace: 'collapse',
    fractionDigits: 0,
    ...(minInclusive !== undefined && { minInclusive }),
    ...(maxInclusive !== undefined && { maxInclusive }),
  };
}

/** Derived types (XSD 1.0 Part 2, 3.3): base and effective facets. Their patterns are part of the lexical check of each type. */
const DERIVED: Readonly<Record<string, readonly [base: string, facets: Facets]>> = {
  normalizedString: ['string', REPLACE],
  token: ['normalizedString', COLLAPSE],
  language: ['token', COLLAPSE],
  NMTOKEN: ['token', COLLAPSE],
  Name: ['token', COLLAPSE],
  NCName: ['Name', COLLAPSE],
  ID: ['NCName', COLLAPSE],
  IDREF: ['NCName', COLLAPSE],
  ENTITY: ['NCName', COLLAPSE],
  integer: ['decimal', integerFacets()],
  nonPositiveInteger: ['integer', integerFacets(undefined, '0')],
  negativeInteger: ['nonPositiveInteger', integerFacets(undefined, '-1')],
  long: ['integer', integerFacets('-9223372036854775808', '9223372036854775807')],
  int: ['long', integerFacets('-2147483648', '2147483647')],
  short: ['int', integerFacets('-32768', '32767')],
  byte: ['short', integerFacets('-128', '127')],
  nonNegativeInteger: ['integer', integerFacets('0')],
  unsignedLong: ['nonNegativeInteger', integerFacets('0', '18446744073709551615')],
  unsignedInt: ['unsignedLong', integerFacets('0', '4294967295')],
  unsignedShort: ['unsignedInt', integerFacets('0', '65535')],
  unsignedByte: ['unsignedShort', integerFacets('0', '255')],
  positiveInteger: ['nonNegativeInteger', integerFacets('1')],
};

/** Built-in list types (XSD 1.0 Part 2, 3.3.5, 3.3.10, 3.3.12): item type by name. */
const LISTS: Readonly<Record<string, string>> = { NMTOKENS: 'NMTOKEN', IDREFS: 'IDREF', ENTITIES: 'ENTITY' };

/** Element content of any kind, kept as raw XML (XSD 1.0 Part 1, 3.4.7). */
const anyType: ComplexType = {
  kind: 'complex',
  key: ANY_TYPE,
  name: 'xs:anyType',
  qname: { namespace: XSD_NAMESPACE, local: 'anyType' },
  abstract: false,
  content: { kind: 'mixed', jsonName: '@mixed' },
  attributes: [],
  anyAttribute: { jsonName: '@anyAttribute', namespaces: { kind: 'any' }, processContents: 'lax' },
  substitutes: [ANY_TYPE],
  unwrapped: false,
};

const TYPES: ReadonlyMap<QNameKey, TypeDefinition> = new Map(
  [...schemaTypes(), ...soapEncodingTypes()].map((type) => [type.key, type]),
);

/** The built-in type behind a key, or undefined: XSD 1.0 Part 2, section 3, anyType, and the simple types of SOAP 1.1 encoding. */
export function builtinType(key: QNameKey): TypeDefinition | undefined {
  return TYPES.get(key);
}

export function isBuiltinType(key: QNameKey): boolean {
  return TYPES.has(key);
}

/** SOAP-ENC:Array of either SOAP version. */
export function isSoapArrayType(key: QNameKey): boolean {
  return SOAP_ARRAYS.has(key);
}

const SOAP_ARRAYS: ReadonlySet<QNameKey> = new Set(
  [SOAP_ENCODING_NAMESPACE, SOAP12_ENCODING_NAMESPACE].map((namespace) => qnameKey(namespace, 'Array')),
);

/** Every built-in type, `xs:` ones first. */
export function builtinTypes(): TypeDefinition[] {
  return [...TYPES.values()];
}

/** The definition behind a type key of `contract`, built-in or its own. @throws Error if there is none: the contract is broken. */
export function typeOf(contract: Contract, key: QNameKey): TypeDefinition {
  const type = TYPES.get(key) ?? (Object.hasOwn(contract.types, key) ? contract.types[key] : undefined);
  if (!type)
    throw new Error(`Internal: the contract "${contract.name}" refers to type ${key} but does not hold it`);
  return type;
}

function schemaTypes(): TypeDefinition[] {
  const atomic = (local: string, base: string, facets: Facets): SimpleType =>
    simpleType(local, { kind: 'atomic', builtin: local }, facets, qnameKey(XSD_NAMESPACE, base));
  return [
    anyType,
    simpleType('anySimpleType', { kind: 'atomic', builtin: 'anySimpleType' }, PRESERVE, ANY_TYPE),
    ...Object.entries(PRIMITIVE).map(([local, facets]) => atomic(local, 'anySimpleType', facets)),
    ...Object.entries(DERIVED).map(([local, [base, facets]]) => atomic(local, base, facets)),
    ...Object.entries(LISTS).map(([local, item]) => listType(local, item)),
  ];
}

function listType(local: string, item: string): SimpleType {
  const variety: SimpleVariety = { kind: 'list', itemType: qnameKey(XSD_NAMESPACE, item) };
  return simpleType(local, variety, { whiteSpace: 'collapse', minLength: 1 }, ANY_SIMPLE_TYPE);
}

function simpleType(local: string, variety: SimpleVariety, facets: Facets, base: QNameKey): SimpleType {
  const qname = { namespace: XSD_NAMESPACE, local };
  return {
    kind: 'simple',
    key: qnameKey(XSD_NAMESPACE, local),
    name: `xs:${local}`,
    qname,
    base,
    variety,
    facets,
  };
}

/** SOAP 1.1, 5.2.1: a type of its schema for each simple type, plus its own name for base64; SOAP 1.2's schema has the same. */
function soapEncodingTypes(): SimpleType[] {
  const aliases = schemaTypes().filter((type): type is SimpleType => type.kind === 'simple');
  const named = aliases.map((type): [string, SimpleType] => [type.name.slice('xs:'.length), type]);
  const base64 = aliases
    .filter((type) => type.name === 'xs:base64Binary')
    .map((type): [string, SimpleType] => ['base64', type]);
  return [...named, ...base64].flatMap(([local, type]) => [
    soapEncodingType('soapenc', SOAP_ENCODING_NAMESPACE, local, type),
    soapEncodingType('soapenc12', SOAP12_ENCODING_NAMESPACE, local, type),
  ]);
}

function soapEncodingType(prefix: string, namespace: string, local: string, type: SimpleType): SimpleType {
  const qname = { namespace, local };
  return { ...type, key: qnameKey(namespace, local), name: `${prefix}:${local}`, qname, base: type.key };
}
