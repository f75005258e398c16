export type DateTimeType =
  'dateTime' | 'date' | 'time' | 'gYearMonth' | 'gYear' | 'gMonthDay' | 'gDay' | 'gMonth';

const YEAR = '(?<year>-?(?!0000)(?:[1-9]\\d{4,}|\\d{4}))';
const MONTH = '(?<month>0[1-9]|1[0-2])';
const DAY = '(?<day>0[1-9]|[12]\\d|3[01])';
const TIME =
  '(?:(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d)(?:\\.(?<fraction>\\d+))?|(?<midnight>24:00:00(?:\\.0+)?))';
const ZONE = '(?<zone>Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';

/** Lexical forms (XSD 1.0 Part 2, 3.2.7 to 3.2.14), but for the lengths of months. */
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

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Every month has these. */
const COMMON_DAYS = 28;

/** Characters of a date, time or duration; the schema sets no end to years and fractions, but reading a long number is costly. */
export const LONGEST_TIME = 400;

/** @returns whether the text is such a date or time, by the calendar too. */
export function isDateTime(type: DateTimeType, text: string): boolean {
  if (text.length > LONGEST_TIME || !FORMS[type].test(text)) return false;
  if (type === 'gMonthDay') return isDayOfMonth(4, text.slice(2, 4), text.slice(5, 7));
  if (type !== 'date' && type !== 'dateTime') return true;
  const dash = text.indexOf('-', 1);
  // The last four digits decide on leap years, as 10000 is a multiple of 400.
  return isDayOfMonth(
    Number(text.slice(dash - 4, dash)),
    text.slice(dash + 1, dash + 3),
    text.slice(dash + 4, dash + 6),
  );
}

/** The parts of a text that `isDateTime` holds for, by name; undefined for those that it does not have. */
export function dateTimeParts(
  type: DateTimeType,
  text: string,
): Readonly<Record<string, string | undefined>> {
  return FORMS[type].exec(text)?.groups ?? {};
}

function isDayOfMonth(year: number, month: string, day: string): boolean {
  const number = Number(day);
  return number <= COMMON_DAYS || number <= monthLength(year, Number(month));
}

function monthLength(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : MONTH_LENGTHS[month - 1]!;
}

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}${ZONE}$`);
}
