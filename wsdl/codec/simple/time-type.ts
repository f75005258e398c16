import { same, type AtomicType } from './atomic-type.ts';
import { compareInstants, parseDateTime } from './date-time.ts';
import { isDateTime, type DateTimeType } from './date-time-lexical.ts';
import { compareDurations, isDuration, parseDuration } from './duration.ts';
import { stringOrFault } from './text-type.ts';

const EXAMPLES: Readonly<Record<DateTimeType, string>> = {
  dateTime: '2026-11-21T09:30:00Z',
  date: '2026-11-21',
  time: '09:30:00',
  gYearMonth: '2026-11',
  gYear: '2026',
  gMonthDay: '--11-21',
  gDay: '---21',
  gMonth: '--11',
};

export const DATE_TIME_TYPES: readonly DateTimeType[] = Object.keys(EXAMPLES) as DateTimeType[];

/** Dates and times: the lexical form, its zone included, is the JSON string. */
export function dateTimeType(type: DateTimeType): AtomicType {
  return timeType(
    `a ${type}, e.g. "${EXAMPLES[type]}"`,
    (text) => isDateTime(type, text),
    (text) => parseDateTime(type, text),
    compareInstants,
  );
}

export const durationType: AtomicType = timeType(
  'a duration, e.g. "P1Y6M"',
  isDuration,
  parseDuration,
  compareDurations,
);

function timeType<V>(
  expected: string,
  isLexical: (text: string) => boolean,
  parse: (text: string) => V | undefined,
  compare: (a: V, b: V) => number | undefined,
): AtomicType {
  return {
    expected,
    isLexical,
    toJson: (text) => `"${text}"`,
    toLexical: stringOrFault,
    canonical: same,
    compareTo(bound) {
      const limit = parse(bound);
      return (text) => {
        const value = parse(text);
        return limit === undefined || value === undefined ? undefined : compare(value, limit);
      };
    },
    needsEscape: false,
  };
}
