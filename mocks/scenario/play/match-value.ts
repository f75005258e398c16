import type { JsonValue } from '../../../wsdl/index.ts';
import { compareValues, sameText, toText } from '../expression/compare.ts';
import { toDecimal } from '../expression/decimal.ts';
import type { Scope } from '../expression/evaluate.ts';
import type { Comparison, ValueMatcher } from '../scenario.ts';
import { render } from '../template/render.ts';

/** Whether one of the values that were found is as it must be. @throws PlayError */
export function matchesOne(values: readonly JsonValue[], matcher: ValueMatcher, scope: Scope): boolean {
  switch (matcher.kind) {
    case 'exists':
      return values.length > 0 === matcher.expected;
    case 'matches':
      return values.some((value) => matcher.matcher(toText(value)) === true);
    case 'oneOf': {
      const expected = matcher.expected.map((one) => render(one, scope));
      return values.some((value) => expected.some((one) => sameText(value, one)));
    }
    case 'compare': {
      const { by } = matcher;
      const expected = render(matcher.expected, scope);
      if (by === 'not') return !values.some((value) => sameText(value, expected));
      return expected !== undefined && values.some((value) => COMPARE[by](value, expected));
    }
  }
}

const COMPARE: Readonly<
  Record<Exclude<Comparison, 'not'>, (value: JsonValue, expected: JsonValue) => boolean>
> = {
  equals: sameText,
  contains: (value, expected) => toText(value).includes(toText(expected)),
  startsWith: (value, expected) => toText(value).startsWith(toText(expected)),
  endsWith: (value, expected) => toText(value).endsWith(toText(expected)),
  equalsNumber: (value, expected) =>
    isNumber(value) && isNumber(expected) && compareValues(value, expected) === 0,
  lessThan: (value, expected) => ordered(value, expected, (order) => order < 0),
  atMost: (value, expected) => ordered(value, expected, (order) => order <= 0),
  moreThan: (value, expected) => ordered(value, expected, (order) => order > 0),
  atLeast: (value, expected) => ordered(value, expected, (order) => order >= 0),
};

/** Numbers compare with numbers, and texts, such as dates, with texts. */
function ordered(value: JsonValue, expected: JsonValue, holds: (order: number) => boolean): boolean {
  if (isNumber(value) !== isNumber(expected)) return false;
  const order = compareValues(value, expected);
  return order !== undefined && holds(order);
}

function isNumber(value: JsonValue): boolean {
  return toDecimal(value) !== undefined;
}

/** What a condition asks for, for who wonders why it does not hold. */
export function describeMatcher(matcher: ValueMatcher, scope: Scope): string {
  switch (matcher.kind) {
    case 'exists':
      return matcher.expected ? 'must be there' : 'must not be there';
    case 'matches':
      return `must match ${matcher.pattern}`;
    case 'oneOf':
      return `must be one of ${matcher.expected.map((one) => shown(render(one, scope))).join(', ')}`;
    case 'compare':
      return `${PHRASES[matcher.by]} ${shown(render(matcher.expected, scope))}`;
  }
}

const PHRASES: Readonly<Record<Comparison, string>> = {
  equals: 'must be',
  not: 'must not be',
  contains: 'must contain',
  startsWith: 'must start with',
  endsWith: 'must end with',
  equalsNumber: 'must be the number',
  lessThan: 'must be less than',
  atMost: 'must be at most',
  moreThan: 'must be more than',
  atLeast: 'must be at least',
};

const MOST_SHOWN = 200;

export function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
}
