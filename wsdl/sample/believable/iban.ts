import type { Random } from '../random.ts';
import type { Country } from './country.ts';

/** An IBAN of a country: of its length, with its check digits. */
export function ibanOf({ codes: [code], bban }: Country, random: Random): string {
  return iban(code, bbanOf(bban, random));
}

/** `FI` and a BBAN to an IBAN with its check digits (ISO 13616, ISO 7064 MOD 97-10). */
export function iban(country: string, bban: string): string {
  const numeric = Array.from(`${bban}${country}00`, (character) => parseInt(character, 36)).join('');
  const check = 98n - (BigInt(numeric) % 97n);
  return `${country}${String(check).padStart(2, '0')}${bban}`;
}

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const DIGITS = '0123456789';

/** By the letters of the IBAN registry: `n` digits, `a` letters, `c` both. */
const alphabets: Readonly<Record<string, string>> = { n: DIGITS, a: LETTERS, c: DIGITS + LETTERS };

function bbanOf(format: string, random: Random): string {
  return format.replace(/(\d+)!([nac])/g, (_, count: string, kind: string) => {
    const alphabet = alphabets[kind]!;
    return Array.from({ length: Number(count) }, () => random.pick(Array.from(alphabet))).join('');
  });
}
