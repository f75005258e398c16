/** xs:duration (XSD 1.0 Part 2, 3.2.6), of whole numbers. */
const DURATION =
  /^(-?)P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * An xs:date or xs:dateTime so much later (or earlier). Months are added first, and a day that the month has not becomes its last (XSD 1.0
 * Part 2, appendix E). The zone and the fraction of the second stay as they are written. @throws RangeError
 */
export function addDuration(moment: string, duration: string): string {
  const [, date, time, fraction = '', zone = ''] = MOMENT.exec(moment) ?? [];
  if (date === undefined) throw new RangeError('the first parameter must be a date or a dateTime');
  const { months, milliseconds } = parseDuration(duration);
  const start = new Date(`${date}T${time ?? '00:00:00'}Z`);
  if (Number.isNaN(start.getTime())) throw new RangeError('the first parameter must be a date or a dateTime');
  const end = new Date(addMonths(start, months).getTime() + milliseconds);
  if (Number.isNaN(end.getTime()) || end.getUTCFullYear() < 1 || end.getUTCFullYear() > 9999)
    throw new RangeError('the date is out of range');
  const [day = '', clock = ''] = end.toISOString().slice(0, -5).split('T');
  return time === undefined ? day + zone : `${day}T${clock}${fraction}${zone}`;
}

function parseDuration(text: string): { readonly months: number; readonly milliseconds: number } {
  const [whole, sign, ...parts] = DURATION.exec(text) ?? [];
  if (whole === undefined || /[PT]$/.test(whole))
    throw new RangeError('the duration must be one like P1D, P2M or -PT15M');
  const [years, months, days, hours, minutes, seconds] = parts.map((part) => Number(part || 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const direction = sign === '-' ? -1 : 1;
  return {
    months: direction * (years * 12 + months),
    milliseconds: direction * (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000,
  };
}

function addMonths(start: Date, months: number): Date {
  const moved = new Date(start);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return moved;
}
