import type { Facets } from '../contract.ts';
import { believableTexts, type TextHints } from './believable/believable-text.ts';
import { suitableDay } from './believable/suitable-day.ts';
import { wordsOf } from './believable/words.ts';
import { decimalSamples } from './decimal-sample.ts';
import { fitted } from './fitted-text.ts';
import type { Sampler } from './sampler.ts';

/** What an atomic value is made from. */
interface Wanted {
  readonly sampler: Sampler;
  /** Local name of the element or attribute. */
  readonly name: string;
  readonly facets: Facets;
  readonly hints: TextHints;
}

type Samples = (wanted: Wanted) => Iterable<string>;

const numbers = (isInteger: boolean): Samples =>
  function* ({ sampler, name, facets }) {
    yield* decimalSamples(name, facets, isInteger, sampler.random);
    yield* ['1', '0', '-1'];
  };
const integers = numbers(true);
const fractions = numbers(false);
const texts: Samples = function* ({ sampler, hints, facets }) {
  for (const text of believableTexts(hints, sampler)) yield fitted(text, facets);
};
const names: Samples = ({ sampler, name, facets }) => {
  const words = wordsOf(name).replace(/^[^a-z]+/, '') || 'name';
  return [`${words.replace(/ /g, '-')}-${sampler.random.integer(1, 99)}`, words.replace(/[^a-z]/g, '')].map(
    (text) => fitted(text, facets),
  );
};
const ids: Samples = ({ sampler }) => [`id-${++sampler.ids}`];
const idReferences: Samples = ({ sampler }) => [`id-${Math.max(1, sampler.ids)}`];

/** By the local name of the built-in type (XSD 1.0 Part 2, 3); plainest first. Those missing are integers. */
const samplesByBuiltin: Readonly<Record<string, Samples>> = {
  string: texts,
  normalizedString: texts,
  token: texts,
  anySimpleType: texts,
  boolean: ({ sampler }) =>
    sampler.mode === 'random' && sampler.random.chance(50) ? ['false', 'true', '0'] : ['true', 'false', '1'],
  decimal: fractions,
  float: fractions,
  double: fractions,
  date: ({ sampler, name }) => zoned(suitableDay(wordsOf(name), sampler)),
  dateTime: ({ sampler, name }) => zoned(`${suitableDay(wordsOf(name), sampler)}T09:30:00`),
  time: () => zoned('09:30:00'),
  duration: () => ['P1D', 'PT1H', 'P1Y'],
  gYear: () => zoned('2026'),
  gYearMonth: () => zoned('2026-03'),
  gMonth: () => zoned('--03'),
  gMonthDay: () => zoned('--03-15'),
  gDay: () => zoned('---15'),
  base64Binary: ({ facets }) => [octets(facets).toString('base64')],
  hexBinary: ({ facets }) => [octets(facets).toString('hex').toUpperCase()],
  anyURI: ({ sampler, facets }) =>
    ['https://example.com/', 'urn:x:'].map((start) =>
      fitted(`${start}${sampler.random.integer(1, 999)}`, facets),
    ),
  language: () => ['en', 'eng', 'en-GB'],
  Name: names,
  NCName: names,
  NMTOKEN: names,
  ENTITY: names,
  ID: ids,
  IDREF: idReferences,
  QName: () => ['name'],
  NOTATION: () => ['name'],
};

/** Lexical forms to try for an atomic type derived from `builtin`, its bounds at the end. None is verified. */
export function* atomicSamples(builtin: string, wanted: Wanted): Generator<string> {
  yield* (samplesByBuiltin[builtin] ?? integers)(wanted);
  const { minInclusive, maxInclusive } = wanted.facets;
  if (minInclusive !== undefined) yield minInclusive;
  if (maxInclusive !== undefined) yield maxInclusive;
}

/** Some patterns want a zone, some forbid it. */
function zoned(text: string): string[] {
  return text.includes(':') ? [`${text}Z`, text, `${text}.000Z`, `${text}+00:00`] : [text, `${text}Z`];
}

function octets({ length, minLength = 0, maxLength = Infinity }: Facets): Buffer {
  const count = length ?? Math.max(minLength, Math.min(6, maxLength));
  return Buffer.alloc(Math.min(count, 10_000), 'Sample');
}
