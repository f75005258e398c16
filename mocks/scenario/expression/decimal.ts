/** A number of which no digit is lost: `digits` divided by 10 to the `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const LEXICAL = /^\s*([+-]?)(\d{0,400})(?:\.(\d{0,400}))?\s*$/;

/** The value of an xs:decimal or of a JSON number; undefined for anything else. */
export function toDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, sign, whole = '', fraction = ''] = LEXICAL.exec(String(value)) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
}

/** With as many fraction digits as its scale says: `10.50` stays so. */
export function fromDecimal({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  return `${digits < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(-scale)}`}`;
}

export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { digits: scaled(left, scale) + scaled(right, scale), scale };
}

export function negate({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return { digits: left.digits * right.digits, scale: left.scale + right.scale };
}

/** To so many fraction digits, a half away from zero, as amounts of money are rounded. */
export function round(decimal: Decimal, scale: number): Decimal {
  if (scale >= decimal.scale) return { digits: scaled(decimal, scale), scale };
  const divisor = 10n ** BigInt(decimal.scale - scale);
  const half = decimal.digits < 0n ? -divisor / 2n : divisor / 2n;
  return { digits: (decimal.digits + half) / divisor, scale };
}

/** Below, at or above 0 as `left` is less than, equal to or more than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const { digits } = add(left, negate(right));
  if (digits === 0n) return 0;
  return digits < 0n ? -1 : 1;
}

function scaled({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}
