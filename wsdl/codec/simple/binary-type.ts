import type { JsonValue } from '../codec.ts';
import type { AtomicType } from './atomic-type.ts';
import { base64Octets, base64ToHex, hexToBase64, isBase64, isHex, stripWhiteSpace } from './binary.ts';
import { SimpleFault } from './simple-codec.ts';

const NOT_BASE64: SimpleFault = new SimpleFault('lexical', 'must be base64');
const NOT_A_STRING: SimpleFault = new SimpleFault('type', 'must be a base64 string');

/** base64Binary: the JSON string is the same without white space. */
export const base64Type: AtomicType = {
  expected: 'base64',
  isLexical: (text) => isBase64(stripWhiteSpace(text)),
  toJson: (text) => `"${stripWhiteSpace(text)}"`,
  toLexical: base64OrFault,
  canonical: stripWhiteSpace,
  length: { unit: 'octets', of: (text) => base64Octets(stripWhiteSpace(text)) },
  needsEscape: false,
};

/** hexBinary: base64 in JSON, upper-case hexadecimal digits in XML. */
export const hexType: AtomicType = {
  expected: 'hexadecimal octets',
  isLexical: isHex,
  toJson: (text) => `"${hexToBase64(text)}"`,
  toLexical(value) {
    const base64 = base64OrFault(value);
    return typeof base64 === 'string' ? base64ToHex(base64) : base64;
  },
  canonical: (text) => text.toUpperCase(),
  length: { unit: 'octets', of: (text) => text.length / 2 },
  needsEscape: false,
};

function base64OrFault(value: JsonValue): string | SimpleFault {
  if (typeof value !== 'string') return NOT_A_STRING;
  const base64 = stripWhiteSpace(value);
  return isBase64(base64) ? base64 : NOT_BASE64;
}
