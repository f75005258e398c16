import type { JsonValue } from '../../../wsdl/index.ts';
import { holds, toText } from './compare.ts';
import { ExpressionError, type Expression, type Step, type Test } from './expression.ts';
import { functionNamed, type FunctionContext } from './functions.ts';

/** What an expression sees: values by name, and what functions need beyond their parameters. */
export interface Scope {
  readonly names: ReadonlyMap<string, JsonValue | undefined>;
  readonly context: FunctionContext;
}

/**
 * The value of an expression; undefined for one that is not there. A path that may lead to several values gives their
 * list. @throws ExpressionError for what a function cannot do with its parameters.
 */
export function evaluate(expression: Expression, scope: Scope): JsonValue | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name':
      return scope.names.get(expression.name);
    case 'call':
      return call(expression, scope);
    case 'path': {
      const found = walk(evaluate(expression.base, scope), expression.steps, scope);
      return isSingular(expression.steps) ? found[0] : found;
    }
  }
}

/** Every value that the expression leads to: those of a list that a path found, else the one there is. */
export function evaluateAll(expression: Expression, scope: Scope): readonly JsonValue[] {
  const isPath = expression.kind === 'path' && !isSingular(expression.steps);
  const value = evaluate(expression, scope);
  if (value === undefined) return [];
  return isPath && Array.isArray(value) ? value : [value];
}

function call(
  { name, parameters, at }: Expression & { readonly kind: 'call' },
  scope: Scope,
): JsonValue | undefined {
  const found = functionNamed(name);
  if (found === undefined) throw new ExpressionError(`there is no function ${name}`, at);
  try {
    return found.run(
      parameters.map((parameter) => evaluate(parameter, scope)),
      scope.context,
    );
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError(`${name}: ${error.message}`, at);
    throw error;
  }
}

/** Whether the steps lead to one value at most. */
export function isSingular(steps: readonly Step[]): boolean {
  return steps.every(({ kind }) => kind === 'member' || kind === 'index');
}

/** More values than any answer needs: a path may ask for all of all. */
const MOST_VALUES = 100_000;

function walk(base: JsonValue | undefined, steps: readonly Step[], scope: Scope): JsonValue[] {
  let values = base === undefined ? [] : [base];
  for (const step of steps) {
    values = values.flatMap((value) => follow(value, step, scope));
    if (values.length > MOST_VALUES)
      throw new ExpressionError(`leads to more than ${MOST_VALUES} values`, step.at);
  }
  return values;
}

function follow(value: JsonValue, step: Step, scope: Scope): JsonValue[] {
  switch (step.kind) {
    case 'member':
      return memberOf(value, step.name);
    case 'index':
      return entryOf(value, evaluate(step.index, scope));
    case 'all':
      return isContainer(value) ? Object.values(value) : [];
    case 'filter':
      return (Array.isArray(value) ? value : [value]).filter((entry) =>
        passes(step.test, withCurrent(scope, entry)),
      );
    case 'descendants':
      return descendants(value, step.names);
    case 'ways':
      return step.ways.flatMap((way) => walk(value, way, scope));
  }
}

function memberOf(value: JsonValue, name: string): JsonValue[] {
  if (!isContainer(value) || Array.isArray(value) || !Object.hasOwn(value, name)) return [];
  return [value[name]!];
}

function entryOf(value: JsonValue, index: JsonValue | undefined): JsonValue[] {
  if (index === undefined || index === null) return [];
  if (!Array.isArray(value)) return memberOf(value, toText(index));
  const position = Number(index);
  const entry = Number.isInteger(position) ? value.at(position) : undefined;
  return entry === undefined ? [] : [entry];
}

function descendants(value: JsonValue, names: readonly string[]): JsonValue[] {
  if (!isContainer(value)) return [];
  const own = names
    .flatMap((name) => memberOf(value, name))
    .flatMap((found) => (Array.isArray(found) ? found : [found]));
  return [...own, ...Object.values(value).flatMap((child) => descendants(child, names))];
}

function isContainer(value: JsonValue): value is JsonValue[] | Record<string, JsonValue> {
  return typeof value === 'object' && value !== null;
}

function withCurrent(scope: Scope, current: JsonValue): Scope {
  return { ...scope, names: new Map([...scope.names, ['@', current]]) };
}

export function passes(test: Test, scope: Scope): boolean {
  switch (test.kind) {
    case 'and':
      return test.tests.every((one) => passes(one, scope));
    case 'or':
      return test.tests.some((one) => passes(one, scope));
    case 'not':
      return !passes(test.test, scope);
    case 'exists':
      return isTrue(evaluate(test.operand, scope));
    case 'compare':
      return compares(test, scope);
  }
}

/** Of several values on a side one is enough (XPath 1.0, 3.4). */
function compares(test: Test & { readonly kind: 'compare' }, scope: Scope): boolean {
  const right = orNothing(evaluateAll(test.right, scope));
  return orNothing(evaluateAll(test.left, scope)).some((one) =>
    right.some((other) => holds(one, test.operator, other, test.isNumeric)),
  );
}

function orNothing(values: readonly JsonValue[]): readonly (JsonValue | undefined)[] {
  return values.length === 0 ? [undefined] : values;
}

/** What is there counts as true; `false` and an empty list do not. */
export function isTrue(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
