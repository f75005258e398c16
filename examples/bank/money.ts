/** Amounts are whole thousandths of a currency's major unit: no float ever touches money. */
export type Thousandths = bigint;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d{0,3})0*)?$/;

/** An xs:decimal with at most three fraction digits that count. @throws RangeError for anything else. */
export function parseAmount(lexical: string): Thousandths {
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(lexical.trim()) ?? [];
  if (sign === undefined || whole + fraction === '')
    throw new RangeError(`"${lexical}" is no amount with three fraction digits`);
  const amount = BigInt(whole + fraction.padEnd(3, '0'));
  return sign === '-' ? -amount : amount;
}

/** `10.005`: always three fraction digits. */
export function formatAmount(amount: Thousandths): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(4, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
