import type { Random } from './random.ts';

/** The words of a name, lower case, with blanks: `IBANNumber` -> `iban number`, `creditor_account` -> `creditor account`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

interface Rule {
  /** Against the words of the name. */
  readonly names: RegExp;
  /** Texts to try in turn: lengths and patterns decide which is taken. */
  readonly texts: (random: Random) => readonly string[];
}

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.integer(0, 9))).join('');

/** The first rule that fits gives the texts; what is more particular stands first. */
const rules: readonly Rule[] = [
  {
    names: /\biban\b/,
    texts: (random) => [
      iban('FI', digits(random, 14)),
      iban('DE', digits(random, 18)),
      iban('GB', `NWBK${digits(random, 14)}`),
    ],
  },
  { names: /\b(bic|swift)\b/, texts: () => ['NDEAFIHH', 'NDEAFIHHXXX'] },
  { names: /\b(currency|ccy)\b/, texts: () => ['EUR', '978'] },
  { names: /\b(uuid|guid)\b/, texts: (random) => [uuid(random)] },
  { names: /\bcountry\b/, texts: () => ['FI', 'FIN', '246'] },
  { names: /\b(language|lang|locale)\b/, texts: () => ['en', 'eng', 'en-GB'] },
  {
    names: /\be ?mail\b/,
    texts: (random) => [`anna.virtanen${random.integer(1, 99)}@example.com`, 'a@b.fi'],
  },
  {
    names: /\b(phone|mobile|telephone|tel|fax)\b/,
    texts: (random) => [`+35840${digits(random, 7)}`, digits(random, 10)],
  },
  {
    names: /\b(first|given|middle) name\b/,
    texts: (random) => [random.pick(['Anna', 'Mikko', 'Leena', 'Otto'])],
  },
  {
    names: /\b(last|family) name\b|\bsurname\b/,
    texts: (random) => [random.pick(['Virtanen', 'Korhonen', 'Laine', 'Salo'])],
  },
  {
    names: /\b(full|holder|customer|person|user|owner) ?name\b/,
    texts: (random) => [random.pick(['Anna Virtanen', 'Mikko Korhonen', 'Leena Laine'])],
  },
  {
    names: /\b(company|organi[sz]ation|trader|employer)( name)?$/,
    texts: () => ['Example Trading Ltd', 'Example Ltd'],
  },
  { names: /\b(zip|postal|postcode|post code)\b/, texts: () => ['00100', '10001'] },
  { names: /\b(city|town)\b/, texts: (random) => [random.pick(['Helsinki', 'Tampere', 'Turku'])] },
  { names: /\b(street|address|addr)\b/, texts: (random) => [`${random.integer(1, 99)} Harbour Street`] },
  {
    names: /\b(url|uri|website|href|link)\b/,
    texts: (random) => [`https://example.com/${random.integer(1, 999)}`],
  },
  { names: /\b(end|until|expiry|expiration|due|maturity) (date|day)\b/, texts: () => ['2027-03-15'] },
  { names: /\b(date|day)\b/, texts: () => ['2026-03-15'] },
  { names: /\b(amount|amt|balance|price|fee|total|limit)\b/, texts: (random) => [amount(random)] },
  { names: /\b(percent|percentage|rate)\b/, texts: () => ['1.25'] },
  {
    names: /\b(id|identifier|no|nr|number|reference|ref|account|key)\b/,
    texts: (random) => [`1${digits(random, 7)}`, `1${digits(random, 13)}`],
  },
  {
    names: /\b(description|comment|text|message|note|reason|remark)s?\b/,
    texts: (random) => [random.pick(['An example for integration tests', 'Monthly rent', 'Invoice paid'])],
  },
  { names: /\bstatus\b/, texts: () => ['ACTIVE', 'OK'] },
];

/** Texts that a reader would expect under this name, plainest first. The last one always says the name itself. */
export function believableTexts(name: string, random: Random): readonly string[] {
  const words = wordsOf(name);
  const texts = rules.find((rule) => rule.names.test(words))?.texts(random) ?? [];
  return [...texts, `${words.replace(/ /g, '-') || 'text'}-${random.integer(1, 99)}`];
}

/** With two fraction digits, as money mostly has. */
export function amount(random: Random): string {
  return `${random.integer(10, 999)}.${random.integer(10, 99)}`;
}

/** `FI` and a BBAN to an IBAN with its check digits (ISO 13616, ISO 7064 MOD 97-10). */
export function iban(country: string, bban: string): string {
  const numeric = Array.from(`${bban}${country}00`, (character) => parseInt(character, 36)).join('');
  const check = 98n - (BigInt(numeric) % 97n);
  return `${country}${String(check).padStart(2, '0')}${bban}`;
}

/** Version 4, variant 1 (RFC 9562, 5.4). */
function uuid(random: Random): string {
  const hex = (count: number): string =>
    Array.from({ length: count }, () => random.integer(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
