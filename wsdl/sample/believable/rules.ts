import type { Random } from '../random.ts';
import type { Cast } from './cast.ts';
import { countries } from './country.ts';
import { ibanOf } from './iban.ts';
import { products, remarks, testCards } from './names.ts';

/** What texts are made from. */
export interface Scene {
  readonly random: Random;
  readonly cast: Cast;
  /** The words of the name, lower case. */
  readonly words: string;
  /** xs:date that suits the words. */
  readonly day: () => string;
}

export interface Rule {
  /** Against the words of the element's name, of its type's name, and of its parent's with its own. */
  readonly names: RegExp;
  /** Against the documentation of the element and of its type, where the names say nothing. */
  readonly documentation?: RegExp;
  /** Texts to try in turn: lengths and patterns decide which is taken. */
  readonly texts: (scene: Scene) => Iterable<string>;
}

export const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.integer(0, 9))).join('');

const filled = (random: Random, pattern: string): string =>
  pattern.replace(/#/g, () => String(random.integer(0, 9)));

/** With two fraction digits, as money mostly has. */
export const amount = (random: Random): string => `${random.integer(10, 999)}.${random.integer(10, 99)}`;

const others = countries.slice(0, 3);

/** The first rule that fits gives the texts; what is more particular stands first. */
export const rules: readonly Rule[] = [
  {
    names: /\biban\b/,
    documentation: /\bIBAN\b|ISO ?13616/,
    *texts({ random, cast }) {
      // Mostly the first will do.
      for (const country of [cast.country, ...countries]) yield ibanOf(country, random);
    },
  },
  {
    names: /\b(bic|swift|bicfi)\b/,
    documentation: /\bBIC\b|\bSWIFT\b|ISO ?9362/,
    texts: ({ cast }) => [cast.country, ...others].flatMap(({ bic }) => [bic, `${bic}XXX`]),
  },
  {
    names: /\b(card|pan|creditcard|cardnumber) ?(number|no|nr|num)?$/,
    documentation: /\bcard number\b|ISO\/IEC 7812/i,
    texts: ({ random }) => [random.pick(testCards), ...testCards],
  },
  { names: /\b(cvv|cvc|cvv2|cvc2|security code)\b/, texts: () => ['123', '1234'] },
  {
    names: /\b(currency|ccy|ccycode)\b/,
    documentation: /ISO ?4217|currency code/i,
    texts: ({ cast }) => [...cast.country.currency, 'EUR', 'USD', '978'],
  },
  { names: /\b(uuid|guid)\b/, documentation: /\b(UUID|GUID)\b/, texts: ({ random }) => [uuid(random)] },
  {
    names: /\b(country|nationality|citizenship) ?name\b/,
    texts: ({ cast }) => [cast.country.name, 'Finland'],
  },
  {
    names: /\b(country|ctry|nationality|citizenship)\b/,
    documentation: /ISO ?3166/,
    texts: ({ cast }) => [...cast.country.codes, cast.country.name, 'FI', 'FIN', '246'],
  },
  {
    names: /\b(language|lang|locale)\b/,
    documentation: /ISO ?639|RFC ?(3066|4646|5646)/,
    texts: ({ cast }) => [cast.country.language, 'en', 'eng', 'en-GB', 'en_GB'],
  },
  {
    names: /\be ?mail\b/,
    documentation: /\be-?mail address\b/i,
    texts: ({ cast }) => {
      const { first, last } = cast.person('email');
      return [`${first}.${last}@example.com`.toLowerCase(), 'a@b.fi'];
    },
  },
  {
    names: /\b(phone|mobile|telephone|tel|fax|cell|msisdn)\b/,
    documentation: /\b(tele)?phone number\b/i,
    texts: ({ random, cast }) => {
      cast.person('phone');
      const number = filled(random, cast.country.phone);
      return [number, number.slice(1), digits(random, 10)];
    },
  },
  {
    names: /\b(first|given|middle|christian) ?names?\b|\bforename\b/,
    texts: ({ cast }) => [cast.person('first').first],
  },
  { names: /\b(last|family|sur) ?name\b/, texts: ({ cast }) => [cast.person('last').last] },
  { names: /\binitials?\b/, texts: ({ cast }) => [cast.person('first').first.slice(0, 1)] },
  {
    names:
      /\b(company|organi[sz]ation|trader|employer|merchant|supplier|vendor|manufacturer|carrier|business|legal|trading)( ?name)?$/,
    texts: ({ cast }) => [cast.company(), 'Example Ltd'],
  },
  { names: /\bbank( ?name)?$/, texts: ({ cast }) => [`Bank of ${cast.town(0)}`] },
  {
    names:
      /\b(full|holder|customer|client|person|user|owner|contact|author|employee|patient|passenger|guest|student|teacher|debtor|creditor|payer|payee|beneficiary|recipient|sender|member|driver|subscriber|display)s? ?name\b|\b(author|debtor|creditor|payer|payee|beneficiary|recipient|passenger|(card|account|policy) ?holder)$/,
    texts: ({ cast }) => {
      const { first, last } = cast.person('full');
      return [`${first} ${last}`];
    },
  },
  {
    names: /\b(user ?(name|id)|login|logon)\b/,
    texts: ({ cast }) => {
      const { first, last } = cast.person('full');
      return [`${first}.${last}`.toLowerCase(), `${first.slice(0, 1)}${last}`.toLowerCase()];
    },
  },
  { names: /\bpass ?(word|phrase|code)\b|\bpwd\b|\bsecret\b/, texts: () => ['not-a-real-secret', 'sample'] },
  {
    names: /\b(product|item|article|goods)s? ?(name|title|description)\b|\bproduct\b/,
    texts: ({ random }) => [random.pick(products)],
  },
  {
    names: /\b(zip|postal|postcode|post ?code|plz|pincode)\b/,
    texts: ({ cast }) => [cast.town(1), '00100', '10001'],
  },
  {
    names: /\b(city|town|municipality|locality|place ?of ?birth|birth ?place)\b/,
    texts: ({ cast }) => [cast.town(0)],
  },
  {
    names: /\b(house|building|street|door) ?(number|no|nr)\b/,
    texts: ({ random }) => [String(random.integer(1, 99))],
  },
  {
    names: /\b(street|road|address ?line|addr|adr) ?(name|1)?\b|^address ?1?$/,
    texts: ({ random, cast }) => [`${random.pick(cast.country.streets)} ${random.integer(1, 99)}`],
  },
  { names: /\baddress ?(line)? ?[2-9]$/, texts: ({ random }) => [`Apartment ${random.integer(1, 60)}`] },
  {
    names: /\b(ip|ip ?address)\b/,
    // Kept for documentation: RFC 5737.
    texts: ({ random }) => [`192.0.2.${random.integer(1, 254)}`],
  },
  { names: /\b(host|domain) ?(name)?$/, texts: () => ['host.example.com', 'example.com'] },
  {
    names: /\b(url|uri|website|href|link)\b/,
    texts: ({ random }) => [`https://example.com/${random.integer(1, 999)}`],
  },
  { names: /\b(file|document) ?name\b/, texts: ({ random }) => [`document-${random.integer(1, 99)}.pdf`] },
  { names: /\b(mime|content|media) ?type\b/, texts: () => ['application/pdf', 'text/plain'] },
  { names: /\b(latitude|lat)\b/, texts: ({ random }) => [`60.${digits(random, 4)}`] },
  { names: /\b(longitude|lon|lng)\b/, texts: ({ random }) => [`24.${digits(random, 4)}`] },
  { names: /\b(time ?zone|tz)\b/, texts: () => ['Europe/Helsinki', '+02:00'] },
  {
    names: /\b(date ?time|timestamp)\b/,
    documentation: /ISO ?8601/,
    texts: ({ day }) => {
      const date = day();
      return [`${date}T09:30:00Z`, `${date}T09:30:00`, `${date} 09:30:00`, date];
    },
  },
  {
    names: /\b(date|day|dob)\b/,
    texts: ({ day }) => {
      const [year = '', month = '', dayOfMonth = ''] = day().split('-');
      return [
        `${year}-${month}-${dayOfMonth}`,
        `${year}${month}${dayOfMonth}`,
        `${dayOfMonth}.${month}.${year}`,
        `${dayOfMonth}/${month}/${year}`,
      ];
    },
  },
  { names: /\btime\b/, texts: () => ['09:30:00', '09:30', '0930'] },
  { names: /\byear\b/, texts: () => ['2026', '26'] },
  {
    names: /\b(amount|amt|balance|price|fee|total|sum|cost|charge|limit)\b/,
    texts: ({ random }) => [amount(random)],
  },
  { names: /\b(percent|percentage|rate)\b/, texts: () => ['1.25'] },
  { names: /\b(gender|sex)\b/, texts: () => ['F', 'M', 'female', 'X'] },
  { names: /\b(salutation|honorific|name ?prefix)\b/, texts: () => ['Ms', 'Dr'] },
  { names: /\b(colou?r)\b/, texts: ({ random }) => [random.pick(['blue', 'green', 'red', 'grey'])] },
  { names: /\bversion\b/, texts: () => ['1.0', '1.0.0', '1'] },
  {
    names: /\b(id|ids|identifier|identification|no|nr|num|number|reference|ref|account|acct|key|token)\b/,
    texts: ({ random }) => [`1${digits(random, 7)}`, `1${digits(random, 13)}`],
  },
  {
    names:
      /\b(description|desc|comment|text|message|note|reason|remark|details|narrative|subject|memo|purpose)s?\b/,
    texts: ({ random }) => [random.pick(remarks)],
  },
  { names: /\b(status|state)\b/, texts: () => ['ACTIVE', 'OK'] },
  {
    names: /\bcode\b/,
    texts: ({ random }) => [`A${random.integer(10, 99)}`, String(random.integer(10, 99))],
  },
];

/** Version 4, variant 1 (RFC 9562, 5.4). */
function uuid(random: Random): string {
  const hex = (count: number): string =>
    Array.from({ length: count }, () => random.integer(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
