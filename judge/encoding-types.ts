const BUILTIN_TYPES =
  'duration dateTime time date gYearMonth gYear gMonthDay gDay gMonth boolean base64Binary hexBinary float double anyURI QName string normalizedString token language Name NMTOKEN NCName decimal integer nonPositiveInteger negativeInteger long int short byte nonNegativeInteger unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger';

/** Adds the simple types of SOAP encoding (SOAP 1.1, 5), which the compiler knows without a schema, to the schema of the rest. */
export function withEncodingTypes(namespace: string, schema: string): string {
  if (!/^http:.*\/soap[-/]encoding\/?$/.test(namespace)) return schema;
  const declared = BUILTIN_TYPES.split(' ')
    .filter((name) => !schema.includes(`Type name="${name}"`))
    .map(
      (name) =>
        `<complexType name="${name}"><simpleContent><extension base="${name}"><anyAttribute processContents="skip"/></extension></simpleContent></complexType>`,
    );
  const base64 = '<simpleType name="base64"><restriction base="base64Binary"/></simpleType>';
  return schema.replace(/<\/schema>\s*$/, `${declared.join('')}${base64}</schema>`);
}
