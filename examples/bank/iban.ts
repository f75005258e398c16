export const BANK_CODE = 'PRTC';
export const SORT_CODE = '200415';

/** IBAN of one of the bank's own accounts (ISO 13616 with check digits by ISO 7064 MOD 97-10). */
export function toIban(accountNumber: string): string {
  const basic = `${BANK_CODE}${SORT_CODE}${accountNumber}`;
  const check = 98n - (toDigits(`${basic}GB00`) % 97n);
  return `GB${check.toString().padStart(2, '0')}${basic}`;
}

/** Whether the IBAN names this bank, by country and bank code. */
export function isOwnIban(iban: string): boolean {
  return iban.startsWith('GB') && iban.slice(4, 8) === BANK_CODE;
}

/** Letters count from 10 (ISO 13616). */
function toDigits(text: string): bigint {
  return BigInt(text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)));
}
