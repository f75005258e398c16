import { dateTimeParts, isDateTime, type DateTimeType } from './date-time-lexical.ts';

/** A point on the time line, in units of 10^-18 s; `zoned` says whether it is UTC or some unknown local time. */
export interface Instant {
  readonly ticks: bigint;
  readonly zoned: boolean;
}

export const TICKS_PER_SECOND: bigint = 10n ** 18n;
const SECONDS_PER_DAY = 86_400n;
/** A zone that is not given is anywhere in this many hours either side of UTC (XSD 1.0 Part 2, 3.2.7.4). */
const UNKNOWN_ZONE_TICKS = 14n * 3_600n * TICKS_PER_SECOND;

/** @returns the value, or undefined if the text is no such date or time. Digits after the 18th of a fraction do not count. */
export function parseDateTime(type: DateTimeType, text: string): Instant | undefined {
  if (!isDateTime(type, text)) return undefined;
  const { year = '1972', month = '1', day = '1', zone, ...time } = dateTimeParts(type, text);
  const days = daysSinceEpoch(BigInt(year), Number(month), Number(day));
  // As a time of day, 24:00:00 is 00:00:00 (3.2.8).
  const midnight = time.midnight !== undefined && type === 'dateTime' ? SECONDS_PER_DAY : 0n;
  const seconds = days * SECONDS_PER_DAY + midnight + secondsOfDay(time) - zoneSeconds(zone);
  return { ticks: seconds * TICKS_PER_SECOND + toTicks(time.fraction ?? ''), zoned: zone !== undefined };
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

function secondsOfDay({
  hour = '0',
  minute = '0',
  second = '0',
}: Readonly<Record<string, string | undefined>>): bigint {
  return BigInt((Number(hour) * 60 + Number(minute)) * 60 + Number(second));
}

/** East of UTC. */
function zoneSeconds(zone: string | undefined): bigint {
  if (zone === undefined || zone === 'Z') return 0n;
  const seconds = BigInt((Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60);
  return zone.startsWith('-') ? -seconds : seconds;
}
