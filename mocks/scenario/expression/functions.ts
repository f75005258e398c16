import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue, Random } from '../../../wsdl/index.ts';
import { compareValues, sameText, toText } from './compare.ts';
import { addDuration } from './dates.ts';
import { add, fromDecimal, multiply, negate, round, toDecimal, type Decimal } from './decimal.ts';

/** What functions know beyond their parameters. */
export interface FunctionContext {
  readonly now: () => Date;
  /** The same choices for the same seed, scenario and call. */
  readonly random: Random;
  readonly headers: IncomingHttpHeaders;
  /** The how-manieth call of the operation this is, from 1. */
  readonly calls: number;
  readonly record: (store: string, key: string) => JsonValue | undefined;
  readonly records: (store: string) => JsonValue[];
  readonly state: (machine: string) => string | undefined;
  /** The next number of a counter, from 1. */
  readonly next: (counter: string) => number;
}

type Value = JsonValue | undefined;

export interface TemplateFunction {
  readonly least: number;
  readonly most: number;
  /** What the first parameter names, which a check at loading can look up. */
  readonly names?: 'store' | 'machine';
  /** @throws RangeError for parameters it has no result for. */
  readonly run: (parameters: readonly Value[], context: FunctionContext) => Value;
}

/** A page of them in docs/mocks.md; a test holds both equal. */
const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  // Exact decimals.
  add: fn(2, 20, (values) => fromDecimal(decimals(values).reduce(add))),
  subtract: fn(2, 20, (values) =>
    fromDecimal(decimals(values).reduce((left, right) => add(left, negate(right)))),
  ),
  multiply: fn(2, 2, (values) => fromDecimal(decimals(values).reduce(multiply))),
  negate: fn(1, 1, ([value]) => fromDecimal(negate(decimal(value)))),
  round: fn(2, 2, ([value, digits]) => fromDecimal(round(decimal(value), count(digits, 100)))),
  sum: fn(1, 1, ([values]) => fromDecimal(decimals(list(values)).reduce(add, { digits: 0n, scale: 0 }))),
  number: fn(1, 1, ([value]) => Number(fromDecimal(decimal(value)))),
  // Time.
  now: fn(0, 0, (_, { now }) => `${now().toISOString().slice(0, 19)}Z`),
  today: fn(0, 0, (_, { now }) => now().toISOString().slice(0, 10)),
  plus: fn(2, 2, ([moment, duration]) => addDuration(text(moment), text(duration))),
  date: fn(1, 1, ([moment]) => text(moment).slice(0, 10)),
  // Chance, by the seed.
  uuid: fn(0, 0, (_, { random }) => uuid(random)),
  random: fn(2, 2, ([least, most], { random }) => between(integer(least), integer(most), random)),
  digits: fn(1, 1, ([length], { random }) =>
    Array.from({ length: count(length, 1000) }, () => between(0, 9, random)).join(''),
  ),
  pick: fn(1, 50, (values, { random }) => choose(values.length === 1 ? list(values[0]) : values, random)),
  // State.
  next: fn(1, 1, ([name], { next }) => next(text(name))),
  calls: fn(0, 0, (_, { calls }) => calls),
  record: fn(
    2,
    2,
    ([store, key], { record }) => (key === undefined ? undefined : record(text(store), text(key))),
    'store',
  ),
  records: fn(1, 1, ([store], { records }) => records(text(store)), 'store'),
  state: fn(1, 1, ([machine], { state }) => state(text(machine)), 'machine'),
  header: fn(1, 1, ([name], { headers }) => headerOf(headers, text(name))),
  // Texts.
  upper: fn(1, 1, ([value]) => text(value).toUpperCase()),
  lower: fn(1, 1, ([value]) => text(value).toLowerCase()),
  trim: fn(1, 1, ([value]) => text(value).trim()),
  text: fn(1, 20, (values) => values.map(text).join('')),
  pad: fn(2, 3, ([value, length, filler = '0']) => text(value).padStart(count(length, 1000), text(filler))),
  slice: fn(2, 3, ([value, from, to]) => slice(value, integer(from), to)),
  replace: fn(3, 3, ([value, old, by]) => text(value).replaceAll(text(old), () => text(by))),
  base64: fn(1, 1, ([value]) => Buffer.from(text(value)).toString('base64')),
  // Lists.
  count: fn(1, 1, ([values]) => list(values).length),
  first: fn(1, 1, ([values]) => list(values)[0]),
  last: fn(1, 1, ([values]) => list(values).at(-1)),
  reverse: fn(1, 1, ([values]) => list(values).toReversed()),
  join: fn(2, 2, ([values, separator]) => list(values).map(text).join(text(separator))),
  // Choices.
  default: fn(2, 2, ([value, otherwise]) => value ?? otherwise),
  if: fn(3, 3, ([test, yes, no]) => (isYes(test) ? yes : no)),
  equal: fn(2, 2, ([left, right]) => sameText(left, right)),
  less: fn(2, 2, ([left, right]) => (compareValues(left, right) ?? 0) < 0),
  not: fn(1, 1, ([value]) => !isYes(value)),
  and: fn(2, 20, (values) => values.every(isYes)),
  or: fn(2, 20, (values) => values.some(isYes)),
};

export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

export function functionNamed(name: string): TemplateFunction | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

function fn(
  least: number,
  most: number,
  run: TemplateFunction['run'],
  names?: 'store' | 'machine',
): TemplateFunction {
  return { least, most, run, ...(names && { names }) };
}

function decimals(values: readonly Value[]): Decimal[] {
  return values.map(decimal);
}

function decimal(value: Value): Decimal {
  const found = toDecimal(value);
  if (found === undefined)
    throw new RangeError(value === undefined ? 'a number is missing' : 'a parameter is not a number');
  return found;
}

function integer(value: Value): number {
  const found = Number(value);
  if (value === undefined || value === null || !Number.isSafeInteger(found))
    throw new RangeError('a parameter must be a whole number');
  return found;
}

/** A length or a number of digits. */
function count(value: Value, most: number): number {
  const found = integer(value);
  if (found < 0 || found > most) throw new RangeError(`a parameter must be from 0 to ${most}`);
  return found;
}

function text(value: Value): string {
  if (value === undefined || value === null) throw new RangeError('a parameter has no value');
  return toText(value);
}

function list(value: Value): readonly JsonValue[] {
  if (!Array.isArray(value)) throw new RangeError('the parameter must be a list');
  return value;
}

function slice(value: Value, from: number, to: Value): Value {
  const end = to === undefined ? undefined : integer(to);
  return Array.isArray(value) ? value.slice(from, end) : text(value).slice(from, end);
}

function choose(values: readonly Value[], random: Random): Value {
  return values.length === 0 ? undefined : random.pick(values);
}

function between(least: number, most: number, random: Random): number {
  if (most < least) throw new RangeError('the second parameter must not be less than the first');
  if (most - least >= 2 ** 32) throw new RangeError('the parameters are too far apart');
  return random.integer(least, most);
}

/** RFC 9562, 5.4: version 4, from the seed. */
function uuid(random: Random): string {
  const hex = Array.from({ length: 30 }, () => between(0, 15, random).toString(16)).join('');
  const variant = '89ab'[between(0, 3, random)] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
}

function headerOf(headers: IncomingHttpHeaders, name: string): Value {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}

function isYes(value: Value): boolean {
  return value !== undefined && value !== null && value !== false;
}
