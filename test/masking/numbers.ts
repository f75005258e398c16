import * as fc from 'fast-check';

/** Digits with the check digit that Luhn wants (ISO/IEC 7812-1, annex B), computed apart from what is tested. */
export const cardDigits: fc.Arbitrary<string> = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 18 })
  .filter((digits) => digits.some((digit) => digit > 0))
  .map((digits) => {
    const sum = digits.toReversed().reduce((total, digit, index) => total + weighted(digit, index), 0);
    return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
  });

/** Of the digits before the check digit, counted from the right. */
function weighted(digit: number, index: number): number {
  if (index % 2 === 1) return digit;
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
}

/** The characters with a separator, or none, after each. */
export function grouped(characters: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const separators = fc.array(fc.constantFrom('', '', '', '', '', '', ' ', '-', '_', '\n', '\r\n', ' - '), {
    minLength: 34,
    maxLength: 34,
  });
  return fc
    .tuple(characters, separators)
    .map(([text, between]) =>
      Array.from(text, (character, index) => (index === 0 ? '' : between[index]!) + character).join(''),
    );
}

/** In groups of four with the same between all of them. */
export function inFours(characters: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(characters, fc.constantFrom('.', '/', ' / ', '_', ' - ', '\n'))
    .map(([text, between]) => text.match(/.{1,4}/g)!.join(between));
}

const ALPHANUMERIC = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Of any country, with check digits by ISO/IEC 7064 in big integers. */
export const iban: fc.Arbitrary<string> = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...ALPHANUMERIC.slice(10)), minLength: 2, maxLength: 2 }),
    fc.string({ unit: fc.constantFrom(...ALPHANUMERIC), minLength: 11, maxLength: 30 }),
  )
  .map(([country, account]) => {
    const number = Array.from(`${account}${country}00`, (one) => ALPHANUMERIC.indexOf(one)).join('');
    const check = String(98n - (BigInt(number) % 97n)).padStart(2, '0');
    return `${country}${check}${account}`;
  });

/** What stands around a number in prose, JSON, XML and query strings. */
export const surroundings: fc.Arbitrary<readonly [string, string]> = fc.constantFrom(
  ['', ''],
  ['the number ', ' is not known'],
  ['order 12, ', ', 3 of 4'],
  ['2026-11-21 ', ' 100.00 EUR'],
  ['"', '"'],
  ['<Number>', '</Number>'],
  ['?id=', '&x=1'],
  ['(', ').'],
  ['12 34 ', ' 56 78'],
  ['a\n', '\nb'],
);
