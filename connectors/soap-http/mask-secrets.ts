/** What may not reach an error or a log, by its looks. What is masked too often costs nothing. */
const secrets: readonly RegExp[] = [
  // JSON Web Tokens, whole or with only two parts.
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]+/gi,
  /\b(?:password|passwd|pwd|secret|token|api[_-]?key|session(?:[_-]?id)?|authorization)\b["']?\s*[:=]\s*["']?[^\s"',;&<]+/gi,
  // IBAN (ISO 13616), in one piece or in groups of four.
  /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b/g,
  // Long runs of letters and digits together: keys and session ids.
  /(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,}/g,
];

const cardLike = /\b\d(?:[ -]?\d){11,18}\b/g;

/** The text with tokens, card numbers and account numbers replaced by `[masked]`. */
export function maskSecrets(text: string): string {
  const withoutCards = text.replace(cardLike, (digits) => (passesLuhn(digits) ? '[masked]' : digits));
  return secrets.reduce((masked, secret) => masked.replace(secret, '[masked]'), withoutCards);
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(text: string): boolean {
  const digits = Array.from(text.replace(/[^0-9]/g, ''), Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const weighted = index % 2 === 0 ? digit : digit * 2;
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
