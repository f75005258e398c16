import { TICKS_PER_SECOND, daysSinceEpoch, toTicks } from './date-time.ts';
import { LONGEST_TIME } from './date-time-lexical.ts';

/** Months and seconds are kept apart: a month has no fixed length. `ticks` are 10^-18 s. */
export interface Duration {
  readonly months: bigint;
  readonly ticks: bigint;
}

const DURATION =
  /^(?<sign>-)?P(?!$)(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<days>\d+)D)?(?:T(?!$)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)(?:\.(?<fraction>\d+))?S)?)?$/;

/** Starts that together show every way in which months can be long or short (XSD 1.0 Part 2, 3.2.6.2). */
const REFERENCES = [
  { year: 1696n, month: 9 },
  { year: 1697n, month: 2 },
  { year: 1903n, month: 3 },
  { year: 1903n, month: 7 },
] as const;

export function isDuration(text: string): boolean {
  return text.length <= LONGEST_TIME && DURATION.test(text);
}

/** XSD 1.0 Part 2, 3.2.6. @returns undefined if the text is no duration. */
export function parseDuration(text: string): Duration | undefined {
  const groups = isDuration(text) ? DURATION.exec(text)?.groups : undefined;
  if (!groups) return undefined;
  const count = (name: string): bigint => BigInt(groups[name] ?? '0');
  const sign = groups.sign === undefined ? 1n : -1n;
  const seconds = ((count('days') * 24n + count('hours')) * 60n + count('minutes')) * 60n + count('seconds');
  const ticks = seconds * TICKS_PER_SECOND + toTicks(groups.fraction ?? '');
  return { months: sign * (count('years') * 12n + count('months')), ticks: sign * ticks };
}

/** XSD 1.0 Part 2, 3.2.6.2. @returns undefined where the order depends on the start, as of P1M and P30D. */
export function compareDurations(a: Duration, b: Duration): number | undefined {
  const orders = REFERENCES.map((start) => {
    const difference = ticksFrom(start, a) - ticksFrom(start, b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
  return orders.every((order) => order === orders[0]) ? orders[0] : undefined;
}

function ticksFrom(start: { year: bigint; month: number }, { months, ticks }: Duration): bigint {
  const total = start.year * 12n + BigInt(start.month - 1) + months;
  const month = ((total % 12n) + 12n) % 12n;
  const days = daysSinceEpoch((total - month) / 12n, Number(month) + 1, 1);
  return days * 86_400n * TICKS_PER_SECOND + ticks;
}
