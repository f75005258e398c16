import { createHmac, randomBytes } from 'node:crypto';
import { cardNumbersIn } from './card-numbers.ts';
import { credentialsIn, isSecretName } from './credentials.ts';
import { ibansIn } from './ibans.ts';
import type { Json } from './mask-json.ts';
import { MASK } from './mask-text.ts';
import { plainText } from './plain-text.ts';

/**
 * Stands in for what nobody should read where a mask would not fit a schema: a card number becomes another with a right check
 * digit, an IBAN another of its country, of the same length and written in the same groups. The same number always becomes the
 * same one; which, nobody can find out without the key.
 */
export interface Pseudonyms {
  readonly ofText: (text: string) => string;
  /** Also scrambles what is called like a secret or an account number, and all below it, letter for letter and digit for digit. */
  readonly ofJson: (value: Json) => Json;
}

/** Local account numbers have no check digit to know them by; only their name tells. */
const ACCOUNT_NAME = /(?:account|acct|konto|card|karten)[_-]?(?:number|nummer|num|no|nr)$/i;
/** Says which type of the contract a value has, and nothing of the value. */
const TYPE = '@type';
const CARD_PREFIX = '400000';

export function createPseudonyms(key: Uint8Array = randomBytes(32)): Pseudonyms {
  /** As many numbers from 0 to 255 as wanted, for this text and no other. */
  const chanceOf = (text: string): ((index: number) => number) => {
    const blocks: Buffer[] = [];
    return (index) => {
      const block = Math.floor(index / 32);
      blocks[block] ??= createHmac('sha256', key).update(`${block} ${text}`).digest();
      return blocks[block][index % 32]!;
    };
  };

  const scramble = (text: string): string => {
    const chance = chanceOf(text);
    return Array.from(text, (character, index) => {
      if (/\d/.test(character)) return String(chance(index) % 10);
      if (!/[a-z]/i.test(character)) return character;
      const first = character < 'a' ? 'A' : 'a';
      return String.fromCharCode(first.charCodeAt(0) + (chance(index) % 26));
    }).join('');
  };

  const card = (digits: string): string => {
    const chance = chanceOf(digits);
    const drawn = Array.from(
      { length: digits.length - 1 - CARD_PREFIX.length },
      (_, index) => chance(index) % 10,
    );
    const body = CARD_PREFIX + drawn.join('');
    return body + luhnDigit(body);
  };

  const iban = (written: string): string => {
    const country = written.slice(0, 2).toUpperCase();
    const account = scramble(written.slice(4).toUpperCase());
    return country + checkDigits(country, account) + account;
  };

  const ofText = (text: string): string => {
    const plain = plainText(text);
    const found = [
      ...ibansIn(plain).map((span) => ({ ...span, replace: iban })),
      ...cardNumbersIn(plain).map((span) => ({ ...span, replace: card })),
      ...credentialsIn(text).map((span) => ({ ...span, replace: () => MASK })),
    ].toSorted((left, right) => left.start - right.start);
    let made = '';
    let done = 0;
    for (const { start, end, replace } of found) {
      if (end <= done) continue;
      // Where two overlap, what is left of the second is no number by itself.
      const isWhole = start >= done;
      const written = plain.slice(isWhole ? start : done, end);
      made +=
        text.slice(done, Math.max(start, done)) + (isWhole ? inGroups(written, replace) : scramble(written));
      done = end;
    }
    return made + text.slice(done);
  };

  const at = (value: Json, isNamed: boolean): Json => {
    if (typeof value === 'string') return isNamed ? scramble(value) : ofText(value);
    if (typeof value === 'number') {
      const text = String(value);
      const other = isNamed ? scramble(text) : ofText(text);
      return other === text ? value : Number(other.replace(/^0+(?=\d)/, '1'));
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((entry: Json) => at(entry, isNamed));
    const members = Object.entries(value as Readonly<Record<string, Json>>);
    return Object.fromEntries(
      members.map(([name, member]) => [
        name,
        at(member, name !== TYPE && (isNamed || isSecretName(name) || ACCOUNT_NAME.test(name))),
      ]),
    );
  };

  return { ofText, ofJson: (value) => at(value, false) };
}

/** Replaces letters and digits, and leaves blanks and dashes between them where they were. */
function inGroups(written: string, replace: (characters: string) => string): string {
  const characters = written.replace(/[^A-Za-z\d]/g, '');
  const other = replace(characters);
  if (other.length !== characters.length) return other;
  let index = 0;
  return written.replace(/[A-Za-z\d]/g, () => other[index++]!);
}

/** ISO/IEC 7812-1, annex B. */
function luhnDigit(body: string): string {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, index) => {
      const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** ISO/IEC 7064, MOD 97-10. */
function checkDigits(country: string, account: string): string {
  const digits = Array.from(`${account}${country}00`, (character) =>
    String(Number.parseInt(character, 36)),
  ).join('');
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return String(98 - remainder).padStart(2, '0');
}
