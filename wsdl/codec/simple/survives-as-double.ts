/** Decimal numbers of up to 15 significant digits come back from a double as they were (IEEE 754: DBL_DIG). */
const SAFE_DIGITS = 15;
/** No double needs more to be told from all others. */
const MOST_DIGITS = 17;
const SMALLEST_NORMAL = 2 ** -1022;

/** Whether the double nearest to this number, written with as many digits, is this number again. */
export function survivesAsDouble(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const digits = significantDigits(text);
  if (digits === '') return true;
  if (digits.length <= SAFE_DIGITS && Math.abs(value) >= SMALLEST_NORMAL) return true;
  return digits.length <= MOST_DIGITS && digits === significantDigits(value.toPrecision(digits.length));
}

/** `-0.0120e7` -> `12`. */
function significantDigits(text: string): string {
  const [mantissa = ''] = text.toLowerCase().split('e');
  return mantissa
    .replace(/[^0-9]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
}
