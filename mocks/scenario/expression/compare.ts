import type { JsonValue } from '../../../wsdl/index.ts';
import { compareDecimals, toDecimal } from './decimal.ts';
import type { Operator } from './expression.ts';

/** The text of a value: of an object or a list its JSON. */
export function toText(value: JsonValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** As texts: `100` and `"100"` are equal, `"100"` and `"100.00"` are not. */
export function sameText(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left === null || right === null ? left === right : toText(left) === toText(right);
}

/**
 * Numbers by their value, to the last digit; anything else as text, which puts dates of the same zone in order.
 * Undefined where there is nothing to compare.
 */
export function compareValues(left: JsonValue | undefined, right: JsonValue | undefined): number | undefined {
  if (left === undefined || right === undefined || left === null || right === null) return undefined;
  const [first, second] = [toDecimal(left), toDecimal(right)];
  if (first !== undefined && second !== undefined) return compareDecimals(first, second);
  const [one, other] = [toText(left), toText(right)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** `==` and `!=` compare numbers by value where one side is a number, else texts. */
export function holds(
  left: JsonValue | undefined,
  operator: Operator,
  right: JsonValue | undefined,
  isNumeric = false,
): boolean {
  if (operator === '==') return areEqual(left, right, isNumeric);
  if (operator === '!=') return !areEqual(left, right, isNumeric);
  const order = compareValues(left, right);
  return order !== undefined && ORDERS[operator](order);
}

const ORDERS: Readonly<Record<'<' | '<=' | '>' | '>=', (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function areEqual(left: JsonValue | undefined, right: JsonValue | undefined, isNumeric: boolean): boolean {
  if (isNumeric || typeof left === 'number' || typeof right === 'number') {
    const order = compareValues(left, right);
    if (order !== undefined) return order === 0;
  }
  return sameText(left, right);
}
