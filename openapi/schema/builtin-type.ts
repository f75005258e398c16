import type { Contract } from '../../wsdl/index.ts';
import { isExactNumber } from '../scalar-shape.ts';
import type { SchemaObject } from './json-schema.ts';
import { toPatterns } from './pattern-facets.ts';

const ZONE = '(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?';
const YEAR = '-?([1-9][0-9]{3,}|0[0-9]{3})';
const MONTH = '(0[1-9]|1[0-2])';
const DAY = '(0[1-9]|[12][0-9]|3[01])';
const TIME = '(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?|24:00:00(\\.0+)?)';

/** Lexical spaces (XSD 1.0 Part 2, 3.2 and 3.3). A zone may be missing, so none is RFC 3339's `date` or `date-time`. */
const LEXICAL: Readonly<Record<string, string>> = {
  date: `${YEAR}-${MONTH}-${DAY}${ZONE}`,
  dateTime: `${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE}`,
  time: `${TIME}${ZONE}`,
  gYear: `${YEAR}${ZONE}`,
  gYearMonth: `${YEAR}-${MONTH}${ZONE}`,
  gMonth: `--${MONTH}${ZONE}`,
  gMonthDay: `--${MONTH}-${DAY}${ZONE}`,
  gDay: `---${DAY}${ZONE}`,
  duration: '-?P(?!$)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?!$)([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?)?',
  language: '[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*',
  decimal: '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)',
  integer: '[+-]?[0-9]+',
  long: '[+-]?[0-9]+',
  unsignedLong: '(\\+?[0-9]+|-0+)',
  nonNegativeInteger: '(\\+?[0-9]+|-0+)',
  positiveInteger: '\\+?0*[1-9][0-9]*',
  nonPositiveInteger: '(-[0-9]+|\\+?0+)',
  negativeInteger: '-0*[1-9][0-9]*',
};

/** Padded, and its unused bits zero (XSD 1.0 Part 2, 3.2.16). */
const BASE64 = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$';

/** Types whose lexical space XSD itself gives as a pattern (XSD 1.0 Part 2, 3.3.4 to 3.3.11). */
const NAME = '\\i\\c*';
const NCNAME = '[\\i-[:]][\\c-[:]]*';
const PATTERNS: Readonly<Record<string, string>> = {
  NMTOKEN: '\\c+',
  Name: NAME,
  NCName: NCNAME,
  ID: NCNAME,
  IDREF: NCNAME,
  ENTITY: NCNAME,
};

const BOUNDS: Readonly<Record<string, Pick<SchemaObject, 'minimum' | 'maximum' | 'format'>>> = {
  int: { format: 'int32', minimum: -2_147_483_648, maximum: 2_147_483_647 },
  short: { minimum: -32_768, maximum: 32_767 },
  byte: { minimum: -128, maximum: 127 },
  unsignedInt: { minimum: 0, maximum: 4_294_967_295 },
  unsignedShort: { minimum: 0, maximum: 65_535 },
  unsignedByte: { minimum: 0, maximum: 255 },
  nonNegativeInteger: { minimum: 0 },
  positiveInteger: { minimum: 1 },
  nonPositiveInteger: { maximum: 0 },
  negativeInteger: { maximum: -1 },
  unsignedLong: { minimum: 0 },
};

/** The JSON of an atomic built-in type, before facets. */
export function toBuiltinSchema(builtin: string, numbers: Contract['numbers']): SchemaObject {
  if (builtin === 'boolean') return { type: 'boolean' };
  if (builtin === 'float' || builtin === 'double') return { type: 'number', format: builtin };
  if (isExactNumber(builtin)) return numbers === 'string' ? exactNumber(builtin) : plainNumber(builtin);
  if (BOUNDS[builtin]) return { type: 'integer', ...BOUNDS[builtin] };
  if (builtin === 'base64Binary' || builtin === 'hexBinary') {
    return { ...toBinarySchema([]), 'x-xsd-type': builtin };
  }
  const isPlain = builtin === 'string' || builtin === 'anySimpleType';
  return { type: 'string', ...toLexicalSpace(builtin), ...(!isPlain && { 'x-xsd-type': builtin }) };
}

/** Base64, of content whose type is said where there is only one it can have. */
export function toBinarySchema(mediaTypes: readonly string[]): SchemaObject {
  return { type: 'string', contentEncoding: 'base64', pattern: BASE64, ...toContentMediaType(mediaTypes) };
}

export function toContentMediaType([only, ...others]: readonly string[]): SchemaObject {
  return only === undefined || others.length > 0 || only.includes('*') ? {} : { contentMediaType: only };
}

function toLexicalSpace(builtin: string): SchemaObject {
  const lexical = LEXICAL[builtin];
  if (lexical !== undefined) return { pattern: `^${lexical}$` };
  const [pattern] = PATTERNS[builtin] === undefined ? [] : toPatterns([[PATTERNS[builtin]]]);
  return pattern === undefined ? {} : { pattern };
}

function exactNumber(builtin: string): SchemaObject {
  return { type: 'string', pattern: `^${LEXICAL[builtin] ?? LEXICAL.decimal}$`, 'x-xsd-type': builtin };
}

function plainNumber(builtin: string): SchemaObject {
  return { type: builtin === 'decimal' ? 'number' : 'integer', ...BOUNDS[builtin], 'x-xsd-type': builtin };
}
