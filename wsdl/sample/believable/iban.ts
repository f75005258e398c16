import type { Random } from '../random.ts';
import type { Country } from './country.ts';

/** An IBAN of a country: of its length, with its check digits. */
export function ibanOf({ codes: [code], bban }: Country, random: Random): string {
  return iban(code, bbanOf(bban, random));
}

/** `FI` and a BBAN to an IBAN with its check digits (ISO 13616, ISO 7064 MOD 97-10). */
export function iban(country: string, bban: string): string {
  const check = 98 - remainderBy97(`${bban}${country}00`);
  return `${country}${String(check).padStart(2, '0')}${bban}`;
}

/** Of the number that the characters spell, each letter standing for two digits (A is 10). */
function remainderBy97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const DIGITS = '0123456789';

/** By the letters of the IBAN registry: `n` digits, `a` letters, `c` both. */
const alphabets: Readonly<Record<string, string>> = { n: DIGITS, a: LETTERS, c: DIGITS + LETTERS };

function bbanOf(format: string, random: Random): string {
  return format.replace(/(\d+)!([nac])/g, (_, count: string, kind: string) => {
    const alphabet = alphabets[kind]!;
    let text = '';
    for (let left = Number(count); left > 0; left--)
      text += alphabet[random.integer(0, alphabet.length - 1)]!;
    return text;
  });
}
