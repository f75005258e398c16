import { typeOf } from '../builtin-types.ts';
import type { Facets, SimpleType } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { boundSamples } from './decimal-sample.ts';
import { patternSamples, stretchedSample } from './pattern-sample.ts';
import type { Sampler } from './sampler.ts';

/** Enumeration values and the like that are tried of one type: enough to see each kind, not each of a thousand currencies. */
const mostOfAKind = 16;
/** Texts at the upper length bound are no longer than this. */
const longestText = 2_000;

/** Lexical forms at the edges of a simple type, those that other software gets wrong among them. None is verified. */
export function* edgeSamples(sampler: Sampler, key: QNameKey): Generator<string> {
  const type = typeOf(sampler.contract, key);
  if (type.kind !== 'simple') return;
  const { facets, variety } = type;
  if (facets.enumeration) {
    yield* facets.enumeration.slice(0, mostOfAKind);
    return;
  }
  for (const pattern of (facets.patterns ?? []).flat()) yield* patternEdges(sampler, pattern, facets);
  switch (variety.kind) {
    case 'union':
      for (const member of variety.memberTypes) yield* edgeSamples(sampler, member).take(mostOfAKind);
      return;
    case 'list':
      yield* listEdges(sampler, type, variety.itemType);
      return;
    case 'atomic':
      yield* (edgesByBuiltin[variety.builtin] ?? integerEdges)(facets);
  }
}

function* patternEdges(sampler: Sampler, pattern: string, facets: Facets): Generator<string> {
  yield* patternSamples(pattern, sampler.random, 3);
  for (const wanted of [facets.minLength, facets.maxLength]) {
    const text =
      wanted === undefined || wanted > longestText
        ? undefined
        : stretchedSample(pattern, sampler.random, wanted);
    if (text !== undefined) yield text;
  }
}

/** None, one and several entries, each another edge of their type. */
function* listEdges(sampler: Sampler, { facets }: SimpleType, itemType: QNameKey): Generator<string> {
  const entries = [...edgeSamples(sampler, itemType).take(mostOfAKind)].filter((entry) =>
    /^\S+$/.test(entry),
  );
  const counts = [0, 1, 3, facets.length, facets.minLength, facets.maxLength];
  for (const count of counts) {
    if (count === undefined || count > 100) continue;
    yield Array.from({ length: count }, (_, index) => entries[index % entries.length] ?? '1').join(' ');
  }
}

/** Engines differ in what the dot and the blank of a pattern take among characters beyond ASCII. */
function isPlain({ patterns }: Facets): boolean {
  return patterns === undefined;
}

/** A length counts characters (XSD 1.0 Part 2, 4.3.1), yet some validators count the units of UTF-16. */
function isShort(text: string, { length, maxLength }: Facets): boolean {
  return text.length <= (length ?? maxLength ?? Infinity);
}

type Edges = (facets: Facets) => readonly string[];

/** What XML, JSON and JavaScript treat unlike, then the length bounds. */
const textEdges: Edges = (facets) => [
  '',
  'plain',
  `<&>"'`,
  ']]>',
  ' leading and trailing ',
  'CR\rLF\r\nTAB\tend',
  ...['\u20ac \u{1f600} \u{1d518} \u0085\u2028', '\u{1f600}'].filter(
    (text) => isPlain(facets) && isShort(text, facets),
  ),
  '\\u0000"\\',
  ...lengthsOf(facets).map((length) => 'abcdefghij'.repeat(Math.ceil(length / 10)).slice(0, length)),
];

const integerEdges: Edges = (facets) => [
  ...boundSamples(facets, true),
  '0',
  '-1',
  '000123',
  '+7',
  '9007199254740993',
  '-9223372036854775808',
];
const decimalEdges: Edges = (facets) => [
  ...boundSamples(facets, false),
  '0',
  '33.00',
  '-.5',
  '5.',
  '000123',
  '12345678901234567.89',
  '9007199254740993',
];
const floatEdges: Edges = (facets) => [
  ...boundSamples(facets, false),
  'INF',
  '-INF',
  'NaN',
  '-0',
  '1E10',
  '1.5e-7',
  '0.1',
];
const nameEdges: Edges = (facets) => [
  'a',
  '_a-1.b',
  '\u00c5land',
  ...lengthsOf(facets).map((length) => 'n'.repeat(length)),
];
const octetEdges =
  (encoding: 'base64' | 'hex'): Edges =>
  (facets) =>
    [0, 1, 2, 3, 64, ...lengthsOf(facets)].map((length) =>
      Buffer.from(Array.from({ length }, (_, index) => 255 - (index % 256))).toString(encoding),
    );
const zones = ['', 'Z', '+14:00', '-05:30'];
const zoned = (...texts: readonly string[]): Edges => {
  const [first = '', ...rest] = texts;
  const edges = [...zones.map((zone) => first + zone), ...rest];
  return ({ minInclusive, maxInclusive }) => [
    ...edges,
    ...[minInclusive, maxInclusive].filter((bound) => bound !== undefined),
  ];
};

/** By the local name of the built-in type; those missing are integers. IDs must be unique and have no edges. */
const edgesByBuiltin: Readonly<Record<string, Edges>> = {
  string: textEdges,
  normalizedString: textEdges,
  token: textEdges,
  anySimpleType: textEdges,
  boolean: () => ['true', 'false', '1', '0'],
  decimal: decimalEdges,
  float: floatEdges,
  double: floatEdges,
  date: zoned('2026-02-28', '2024-02-29', '0001-01-01', '9999-12-31'),
  dateTime: zoned(
    '2026-11-21T09:30:00',
    '2026-11-21T24:00:00',
    '2026-11-21T23:59:59.123456789Z',
    '1969-12-31T23:59:59Z',
  ),
  time: zoned('09:30:00', '24:00:00', '23:59:59.999', '00:00:00'),
  duration: () => ['P1Y2M3DT4H5M6.7S', '-P1D', 'PT0S', 'P400D'],
  gYear: zoned('2026', '0001', '9999'),
  gYearMonth: zoned('2026-03'),
  gMonth: zoned('--03', '--12'),
  gMonthDay: zoned('--03-15', '--02-29'),
  gDay: zoned('---15', '---31'),
  base64Binary: octetEdges('base64'),
  hexBinary: octetEdges('hex'),
  anyURI: () => ['', 'urn:x:1', 'https://example.com/a%20b?x=1&y=2#z', '../a', 'mailto:a@example.com'],
  language: () => ['en', 'en-GB', 'zh-Hant-TW'],
  Name: nameEdges,
  NCName: nameEdges,
  NMTOKEN: nameEdges,
  ENTITY: () => [],
  ID: () => [],
  IDREF: () => [],
  QName: () => ['{urn:example:names}name', 'name'],
  NOTATION: () => [],
};

function lengthsOf({ length, minLength, maxLength }: Facets): number[] {
  return [length, minLength, maxLength].filter(
    (bound) => bound !== undefined && bound <= longestText,
  ) as number[];
}
