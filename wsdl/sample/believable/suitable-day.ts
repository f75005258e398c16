import type { Stage } from './stage.ts';

interface DayRule {
  /** Against the words of the name. */
  readonly names: RegExp;
  /** Days after the first one of the message. */
  readonly from: number;
}

/** Between two kinds of days lie more days than one kind has: whatever was created was so before it was closed. */
const SPREAD = 60;

/** The first that fits; what fits none is like the first. */
const dayRules: readonly DayRule[] = [
  { names: /\b(expiry|expiration|expires|expired|maturity|valid (to|until|thru))\b/, from: 730 },
  {
    names:
      /\b(end|ends|ended|ending|to|until|till|due|close|closed|closing|completed|finished|delivery|return|checkout|check out|arrival)\b/,
    from: 365,
  },
  {
    names:
      /\b(last|update|updated|modified|modification|changed|change|processed|value|settlement|paid|payment|shipped|booking)\b/,
    from: 120,
  },
];

const BIRTH = /\b(birth|birthday|born|dob|birthdate)\b/;
const FIRST = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;

/**
 * xs:date. Over a whole message days ascend within each kind: what was created comes before what was changed, and that
 * before what ends or expires. Birth dates are those of adults.
 */
export function suitableDay(words: string, stage: Stage): string {
  if (BIRTH.test(words)) return stage.cast.person('born').born;
  const { from = 0 } = dayRules.find(({ names }) => names.test(words)) ?? {};
  const day = stage.firstDay + from + (stage.dates++ % SPREAD);
  return new Date(FIRST + day * DAY).toISOString().slice(0, 10);
}
