import type { Facets } from '../contract.ts';
import type { Random } from './random.ts';
import { wordsOf } from './believable/words.ts';

/** A range of numbers by what the name suggests, in units of the value itself. */
const usual: readonly { readonly names: RegExp; readonly from: bigint; readonly to: bigint }[] = [
  { names: /\b(expiry|expiration) ?year\b/, from: 2029n, to: 2031n },
  { names: /\bbirth ?year\b|\byear of birth\b/, from: 1950n, to: 2003n },
  { names: /\byears?\b/, from: 2026n, to: 2026n },
  { names: /\bmonths?\b/, from: 1n, to: 12n },
  { names: /\b(days?|hours?)\b/, from: 1n, to: 23n },
  { names: /\b(percent|percentage|rate)\b/, from: 1n, to: 9n },
  { names: /\b(card|pan) ?(number|no|nr)$/, from: 4_111_111_111_111_111n, to: 4_111_111_111_111_111n },
  { names: /\b(latitude|lat)\b/, from: 60n, to: 61n },
  { names: /\b(longitude|lon|lng)\b/, from: 24n, to: 25n },
  { names: /\bage\b/, from: 18n, to: 89n },
  { names: /\b(quantity|qty|count|pages?|size)\b/, from: 1n, to: 20n },
  { names: /\b(salary|income|wage)\b/, from: 2_000n, to: 8_999n },
  { names: /\bbalance\b/, from: 100n, to: 24_999n },
  { names: /\b(amount|amt|price|fee|total|sum|cost|charge|limit)\b/, from: 10n, to: 999n },
  { names: /\b(id|identifier|number|no|reference|account)\b/, from: 100_001n, to: 999_999n },
  { names: /(?:)/, from: 1n, to: 100n },
];

/** Digits after the point that may be tried, so that narrow bounds (`0.001` to `0.002`) still hold a number. */
const mostFractionDigits = 18;

/** Stands for no bound. */
const unlimited = 10n ** 30n;

/** Lexical forms of numbers within the facets; `isInteger` for xs:integer and the types derived from it. */
export function* decimalSamples(
  name: string,
  facets: Facets,
  isInteger: boolean,
  random: Random,
): Generator<string> {
  const most = isInteger ? 0 : (facets.fractionDigits ?? mostFractionDigits);
  for (let scale = Math.min(2, most); scale <= most; scale++) {
    const [low, high] = boundsOf(facets, scale);
    if (low > high) continue;
    const [from, to] = narrowed(low, high, wordsOf(name), scale);
    yield toLexical(between(from, to, random), scale);
    yield toLexical(from, scale);
    yield toLexical(low, scale);
    yield toLexical(high, scale);
  }
}

/** The least and the greatest number within the facets, with as many fraction digits as they allow up to two. */
export function boundSamples(facets: Facets, isInteger: boolean): string[] {
  const scale = isInteger ? 0 : Math.min(2, facets.fractionDigits ?? 2);
  return boundsOf(facets, scale)
    .filter((bound) => bound > -unlimited && bound < unlimited)
    .map((bound) => toLexical(bound, scale));
}

/** What the facets allow, in units of 10^-scale. */
function boundsOf(facets: Facets, scale: number): [bigint, bigint] {
  const widest = facets.totalDigits === undefined ? unlimited : 10n ** BigInt(facets.totalDigits) - 1n;
  const lows = [-widest, atLeast(facets.minInclusive, scale), above(facets.minExclusive, scale)];
  const highs = [widest, atMost(facets.maxInclusive, scale), below(facets.maxExclusive, scale)];
  return [
    lows.reduce<bigint>((most, low) => (low !== undefined && low > most ? low : most), -unlimited),
    highs.reduce<bigint>((least, high) => (high !== undefined && high < least ? high : least), unlimited),
  ];
}

/** The part of low..high that the name suggests, or all of it near zero. */
function narrowed(low: bigint, high: bigint, words: string, scale: number): [bigint, bigint] {
  const unit = 10n ** BigInt(scale);
  const range = usual.find(({ names }) => names.test(words))!;
  const from = range.from * unit > low ? range.from * unit : low;
  const to = range.to * unit + (unit - 1n) < high ? range.to * unit + (unit - 1n) : high;
  return from <= to ? [from, to] : low > 0n ? [low, low] : [high, high];
}

function between(from: bigint, to: bigint, random: Random): bigint {
  const span = to - from + 1n;
  return span <= 1n ? from : from + (BigInt(random.integer(0, 999_999_999)) % span);
}

function toLexical(scaled: bigint, scale: number): string {
  if (scale === 0) return String(scaled);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

interface Scaled {
  /** Rounded toward minus infinity. */
  readonly floor: bigint;
  readonly isExact: boolean;
}

function scaled(lexical: string | undefined, scale: number): Scaled | undefined {
  const parts = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/.exec(lexical ?? '?');
  if (!parts) return undefined;
  const fraction = (parts[3] ?? '').padEnd(scale, '0');
  const magnitude = BigInt(`${parts[2] ?? ''}${fraction.slice(0, scale)}` || '0');
  const isExact = /^0*$/.test(fraction.slice(scale));
  if (parts[1] !== '-') return { floor: magnitude, isExact };
  return { floor: isExact ? -magnitude : -magnitude - 1n, isExact };
}

function atLeast(lexical: string | undefined, scale: number): bigint | undefined {
  const bound = scaled(lexical, scale);
  return bound && (bound.isExact ? bound.floor : bound.floor + 1n);
}

function above(lexical: string | undefined, scale: number): bigint | undefined {
  const bound = scaled(lexical, scale);
  return bound && bound.floor + 1n;
}

function atMost(lexical: string | undefined, scale: number): bigint | undefined {
  return scaled(lexical, scale)?.floor;
}

function below(lexical: string | undefined, scale: number): bigint | undefined {
  const bound = scaled(lexical, scale);
  return bound && (bound.isExact ? bound.floor - 1n : bound.floor);
}
