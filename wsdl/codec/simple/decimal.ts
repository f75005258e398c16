const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const INTEGER = /^[+-]?\d+$/;

/** A decimal as its significant digits, so that numbers of any size compare exactly. */
interface DecimalParts {
  readonly negative: boolean;
  /** Without leading zeros. */
  readonly whole: string;
  /** Without trailing zeros. */
  readonly fraction: string;
}

/** XSD 1.0 Part 2, 3.2.3.1. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** XSD 1.0 Part 2, 3.3.13.1. */
export function isInteger(text: string): boolean {
  return INTEGER.test(text);
}

/** XSD 1.0 Part 2, 3.2.3.2 without the obligatory point: `+01.50` -> `1.5`, `-0` -> `0`. Valid as a JSON number. */
export function canonicalDecimal(text: string): string {
  const { negative, whole, fraction } = parseDecimal(text);
  return `${negative ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}`;
}

/** All the digits, in the grammar of a JSON number (RFC 8259, 6): only leading `+` and zeros go, and a bare point gets its zero. */
export function toJsonNumber(text: string): string {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = unsigned(text).split('.');
  return `${negative ? '-' : ''}${stripLeadingZeros(whole) || '0'}${fraction && `.${fraction}`}`;
}

/** @returns negative, zero or positive. Both must be valid decimals. */
export function compareDecimals(a: string, b: string): number {
  return compareParts(parseDecimal(a), parseDecimal(b));
}

/** totalDigits and fractionDigits of the value (XSD 1.0 Part 2, 4.3.11 and 4.3.12), not of its lexical form. */
export function countDigits(text: string): { total: number; fraction: number } {
  const { whole, fraction } = parseDecimal(text);
  const significant = whole ? whole.length + fraction.length : stripLeadingZeros(fraction).length;
  return { total: Math.max(1, significant), fraction: fraction.length };
}

/** A finite number without an exponent, which xs:decimal does not allow: 1e21 -> `1000000000000000000000`. */
export function plainDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent] = text.split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = unsigned(mantissa).split('.');
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(point, '0');
  const plain =
    point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `0.${'0'.repeat(-point)}${digits}`;
  return `${negative ? '-' : ''}${plain.replace(/\.$/, '')}`;
}

function parseDecimal(text: string): DecimalParts {
  const [left = '', right = ''] = unsigned(text).split('.');
  const whole = stripLeadingZeros(left);
  const fraction = stripTrailingZeros(right);
  return { negative: text.startsWith('-') && (whole !== '' || fraction !== ''), whole, fraction };
}

function compareParts(a: DecimalParts, b: DecimalParts): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const magnitude =
    a.whole.length - b.whole.length || compareText(a.whole, b.whole) || compareText(a.fraction, b.fraction);
  return a.negative ? -magnitude : magnitude;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unsigned(text: string): string {
  return text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
}

function stripLeadingZeros(digits: string): string {
  let start = 0;
  while (digits[start] === '0') start++;
  return digits.slice(start);
}

function stripTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
