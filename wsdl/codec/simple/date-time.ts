import { parseZone, type Zone } from './time-zone.ts';

/** A point on the time line, in units of 10^-18 s; `zoned` says whether it is UTC or some unknown local time. */
export interface Instant {
  readonly ticks: bigint;
  readonly zoned: boolean;
}

interface DateFields {
  readonly year: bigint;
  readonly month: number;
  readonly day: number;
}

export type DateTimeType =
  'dateTime' | 'date' | 'time' | 'gYearMonth' | 'gYear' | 'gMonthDay' | 'gDay' | 'gMonth';

const YEAR = '(?<year>-?(?:[1-9]\\d{4,}|\\d{4}))';
const MONTH = '(?<month>\\d\\d)';
const DAY = '(?<day>\\d\\d)';
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?';
const ZONE = '(?<zone>Z|[+-]\\d\\d:\\d\\d)?';

/** Lexical forms (XSD 1.0 Part 2, 3.2.7 to 3.2.14). */
const FORMS: Readonly<Record<DateTimeType, RegExp>> = {
  dateTime: form(`${YEAR}-${MONTH}-${DAY}T${TIME}`),
  date: form(`${YEAR}-${MONTH}-${DAY}`),
  time: form(TIME),
  gYearMonth: form(`${YEAR}-${MONTH}`),
  gYear: form(YEAR),
  gMonthDay: form(`--${MONTH}-${DAY}`),
  gDay: form(`---${DAY}`),
  gMonth: form(`--${MONTH}`),
};

/** Characters of a date, time or duration; the schema sets no end to years and fractions, but reading a long number is costly. */
export const LONGEST_TIME = 400;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
export const TICKS_PER_SECOND = 10n ** 18n;
const SECONDS_PER_DAY = 86_400n;
/** A zone that is not given is anywhere in this many hours either side of UTC (3.2.7.4). */
const UNKNOWN_ZONE_TICKS = 14n * 3_600n * TICKS_PER_SECOND;
/** Fields that a type does not have; a leap year, with 31 days in its month. */
const REFERENCE = {
  year: '1972',
  month: '01',
  day: '01',
  hour: '00',
  minute: '00',
  second: '00',
  fraction: '',
};

/** @returns the value, or undefined if the text is no such date or time. Digits after the 18th of a fraction do not count. */
export function parseDateTime(type: DateTimeType, text: string): Instant | undefined {
  const groups = text.length > LONGEST_TIME ? undefined : FORMS[type].exec(text)?.groups;
  if (!groups) return undefined;
  const fields = { ...REFERENCE, ...definedOnly(groups) };
  const date = readDate(fields);
  const second = readTime(fields);
  const zone = parseZone(groups.zone);
  if (!date || second === undefined || !zone) return undefined;
  return toInstant(date, second, fields.fraction, zone);
}

/** XSD 1.0 Part 2, 3.2.7.4. @returns undefined if the order is indeterminate because only one has a zone. */
export function compareInstants(a: Instant, b: Instant): number | undefined {
  if (a.zoned === b.zoned) return a.ticks < b.ticks ? -1 : a.ticks > b.ticks ? 1 : 0;
  if (!a.zoned) {
    const reversed = compareInstants(b, a);
    return reversed === undefined ? undefined : -reversed;
  }
  if (a.ticks < b.ticks - UNKNOWN_ZONE_TICKS) return -1;
  return a.ticks > b.ticks + UNKNOWN_ZONE_TICKS ? 1 : undefined;
}

/** Days since 1970-01-01 of the proleptic Gregorian calendar. */
export function daysSinceEpoch(year: bigint, month: number, day: number): bigint {
  // Years run from March, so that the leap day is the last of its year.
  const y = month > 2 ? year : year - 1n;
  const era = (y >= 0n ? y : y - 399n) / 400n;
  const yearOfEra = y - era * 400n;
  const dayOfYear = BigInt(Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1);
  return era * 146_097n + yearOfEra * 365n + yearOfEra / 4n - yearOfEra / 100n + dayOfYear - 719_468n;
}

export function toTicks(fraction: string): bigint {
  return BigInt(fraction.slice(0, 18).padEnd(18, '0'));
}

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}${ZONE}$`);
}

function definedOnly(groups: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function readDate(fields: { year: string; month: string; day: string }): DateFields | undefined {
  // The last four digits decide on leap years, as 10000 is a multiple of 400.
  const cycle = Number(fields.year.slice(-4));
  const month = Number(fields.month);
  const day = Number(fields.day);
  const isZero = cycle === 0 && /^-?0+$/.test(fields.year);
  if (isZero || month < 1 || month > 12 || day < 1 || day > monthLength(cycle, month)) return undefined;
  return { year: BigInt(fields.year), month, day };
}

function monthLength(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : MONTH_LENGTHS[month - 1]!;
}

/** Seconds since midnight; 24:00:00 is the only time with hour 24. */
function readTime(fields: {
  hour: string;
  minute: string;
  second: string;
  fraction: string;
}): number | undefined {
  const hour = Number(fields.hour);
  const minute = Number(fields.minute);
  const second = Number(fields.second);
  const isMidnight = hour === 24 && minute === 0 && second === 0 && /^0*$/.test(fields.fraction);
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 59) return undefined;
  return (hour * 60 + minute) * 60 + second;
}

function toInstant(date: DateFields, second: number, fraction: string, zone: Zone): Instant {
  const days = daysSinceEpoch(date.year, date.month, date.day);
  const seconds = days * SECONDS_PER_DAY + BigInt(second - zone.minutes * 60);
  return { ticks: seconds * TICKS_PER_SECOND + toTicks(fraction), zoned: zone.given };
}
