/** A simple type to generate: its base, its facets as XSD text, and lexical forms that it allows. */
export interface SimpleRecipe {
  readonly base: string;
  readonly facets: string;
  readonly examples: readonly string[];
}

function facet(name: string, ...values: readonly string[]): string {
  return values.map((value) => `<xs:${name} value="${value}"/>`).join('');
}

/** Built-in types with lexical forms that others lose. */
export const BUILTINS: readonly SimpleRecipe[] = [
  ['string', 'a', '', ' two  blanks ', '0'],
  ['int', '0', '-2147483648', '+5', '007'],
  ['decimal', '33.00', '12345678901234567.89', '-0.0', '+.5', '5.'],
  ['boolean', 'true', '0', '1'],
  ['date', '2026-11-21', '2026-11-21+01:00', '-0044-03-15', '12026-01-01Z'],
  ['dateTime', '2026-11-21T09:30:00Z', '2026-11-21T24:00:00', '2026-11-21T09:30:00.123456789-14:00'],
  ['long', '9007199254740993', '-9223372036854775808'],
  ['integer', '000123', '-0', '123456789012345678901234567890'],
  ['double', '0.25', 'INF', '-INF', 'NaN', '1E5', '-0', '1e-7'],
  ['float', '1.5', '3.4028235E38', '-0'],
  ['time', '23:59:59.999', '24:00:00', '09:30:00Z'],
  ['duration', 'P1Y6M', '-P1DT2H3.5S', 'PT0S'],
  ['base64Binary', 'AQID', '', 'AQ=='],
  ['hexBinary', 'FF00', '', 'ff'],
  ['anyURI', 'urn:a', '', 'http://example.com/a%20b?c=d&amp;e', 'has space'],
  ['token', 'a b', ''],
  ['normalizedString', ' a ', ''],
  ['QName', 'xs:int'],
  ['NMTOKEN', '1-a:b'],
  ['NMTOKENS', 'a b', 'a'],
  ['language', 'en-GB'],
  ['Name', 'a:b'],
  ['NCName', 'a-b.c'],
  ['gYear', '2026', '-0044', '12026Z'],
  ['gYearMonth', '2026-11'],
  ['gMonthDay', '--02-29'],
  ['gMonth', '--12'],
  ['gDay', '---31'],
  ['byte', '-128'],
  ['short', '32767'],
  ['unsignedByte', '255'],
  ['unsignedInt', '4294967295'],
  ['unsignedLong', '18446744073709551615'],
  ['unsignedShort', '65535'],
  ['nonNegativeInteger', '0', '99999999999999999999'],
  ['positiveInteger', '1'],
  ['negativeInteger', '-1'],
  ['nonPositiveInteger', '0', '-99999999999999999999'],
].map(([base = '', ...examples]) => ({ base: `xs:${base}`, facets: '', examples }));

/** Restrictions of built-in types, every facet at least once. */
export const RESTRICTIONS: readonly SimpleRecipe[] = [
  { base: 'xs:string', facets: facet('maxLength', '5'), examples: ['abc', '', '\u{1F600}\u{1F600}'] },
  { base: 'xs:string', facets: facet('length', '3'), examples: ['abc'] },
  { base: 'xs:string', facets: facet('minLength', '1') + facet('maxLength', '40'), examples: ['a'] },
  {
    base: 'xs:string',
    facets: facet('enumeration', 'A', 'b c', ' d', '', 'A&amp;B'),
    examples: ['A', 'b c'],
  },
  { base: 'xs:string', facets: facet('pattern', '[A-Z]{2}\\d{2}[A-Z0-9]{1,30}'), examples: ['DE02X'] },
  { base: 'xs:string', facets: facet('pattern', '[^a-c]+', 'a|b'), examples: ['x', 'a'] },
  { base: 'xs:string', facets: facet('pattern', '(\\p{Lu}\\p{Ll}*\\s?)+'), examples: ['Ann Bo'] },
  { base: 'xs:string', facets: facet('whiteSpace', 'collapse'), examples: ['a b'] },
  { base: 'xs:string', facets: facet('whiteSpace', 'replace') + facet('minLength', '2'), examples: ['ab'] },
  { base: 'xs:token', facets: facet('enumeration', 'one', 'two three'), examples: ['one', 'two three'] },
  { base: 'xs:NMTOKEN', facets: facet('enumeration', 'x1', 'x-2'), examples: ['x1'] },
  { base: 'xs:decimal', facets: facet('fractionDigits', '2'), examples: ['33.00', '1', '-0.10'] },
  { base: 'xs:decimal', facets: facet('totalDigits', '5'), examples: ['123.45', '00012345'] },
  {
    base: 'xs:decimal',
    facets: facet('totalDigits', '18') + facet('fractionDigits', '5') + facet('minInclusive', '0'),
    examples: ['0', '10.005'],
  },
  {
    base: 'xs:decimal',
    facets: facet('minExclusive', '-1.5') + facet('maxExclusive', '1.5'),
    examples: ['0'],
  },
  { base: 'xs:decimal', facets: facet('enumeration', '1.0', '2.50'), examples: ['1.0', '1'] },
  { base: 'xs:int', facets: facet('minInclusive', '-3') + facet('maxInclusive', '3'), examples: ['0', '-3'] },
  { base: 'xs:int', facets: facet('enumeration', '1', '2', '3'), examples: ['2'] },
  { base: 'xs:integer', facets: facet('totalDigits', '3'), examples: ['-999', '000'] },
  { base: 'xs:integer', facets: facet('pattern', '0\\d{4}'), examples: ['01234'] },
  { base: 'xs:long', facets: facet('minExclusive', '9007199254740992'), examples: ['9007199254740993'] },
  {
    base: 'xs:double',
    facets: facet('minInclusive', '0') + facet('maxExclusive', '1E3'),
    examples: ['0', '9.5'],
  },
  {
    base: 'xs:date',
    facets: facet('minInclusive', '2000-01-01') + facet('maxInclusive', '2099-12-31'),
    examples: ['2026-11-21'],
  },
  { base: 'xs:dateTime', facets: facet('pattern', '.*Z'), examples: ['2026-11-21T09:30:00Z'] },
  { base: 'xs:time', facets: facet('enumeration', '09:00:00', '17:30:00'), examples: ['09:00:00'] },
  { base: 'xs:duration', facets: facet('maxInclusive', 'P1Y'), examples: ['P6M'] },
  {
    base: 'xs:gYear',
    facets: facet('minInclusive', '1900') + facet('maxInclusive', '2999'),
    examples: ['2026'],
  },
  { base: 'xs:base64Binary', facets: facet('length', '3'), examples: ['AQID'] },
  { base: 'xs:hexBinary', facets: facet('maxLength', '2'), examples: ['FF00', ''] },
  { base: 'xs:boolean', facets: facet('pattern', 'true|false'), examples: ['true'] },
  { base: 'xs:language', facets: facet('enumeration', 'en', 'de-DE'), examples: ['en'] },
];

/** Facets that a list type may have, with lists they allow of the item given. */
export const LIST_FACETS: readonly { readonly facets: string; readonly count: number }[] = [
  { facets: '', count: 1 },
  { facets: '', count: 3 },
  { facets: facet('length', '2'), count: 2 },
  { facets: facet('minLength', '1') + facet('maxLength', '3'), count: 2 },
];

/** Unions by their members, with forms they allow. */
export const UNIONS: readonly { readonly members: string; readonly examples: readonly string[] }[] = [
  { members: 'xs:int xs:string', examples: ['5', 'large'] },
  { members: 'xs:boolean xs:int', examples: ['true', '7'] },
  { members: 'xs:date xs:dateTime', examples: ['2026-11-21', '2026-11-21T09:30:00'] },
  { members: 'xs:decimal xs:NMTOKEN', examples: ['33.00', 'none'] },
  { members: 'xs:double xs:token', examples: ['1.5', 'a b'] },
];
