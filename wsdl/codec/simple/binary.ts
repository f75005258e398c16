const NOT_BASE64 = /[^A-Za-z0-9+/]/;
const WHITE_SPACE = /[ \t\n\r]+/g;
const HEX = /^(?:[0-9A-Fa-f]{2})*$/;

/** RFC 2045, 6.8 has line breaks; XSD allows spaces anywhere. */
export function stripWhiteSpace(text: string): string {
  return text.replace(WHITE_SPACE, '');
}

/** Base64 without white space, padded, its unused bits zero (XSD 1.0 Part 2, 3.2.16). */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = paddingOf(text);
  const digits = text.length - padding;
  if (NOT_BASE64.test(padding === 0 ? text : text.slice(0, digits))) return false;
  if (padding === 0) return true;
  return (padding === 1 ? 'AEIMQUYcgkosw048' : 'AQgw').includes(text[digits - 1]!);
}

/** Octets of valid base64. */
export function base64Octets(text: string): number {
  return (text.length / 4) * 3 - paddingOf(text);
}

/** XSD 1.0 Part 2, 3.2.15. */
export function isHex(text: string): boolean {
  return HEX.test(text);
}

export function hexToBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

export function base64ToHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex').toUpperCase();
}

function paddingOf(text: string): 0 | 1 | 2 {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}
