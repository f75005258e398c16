import type { JsonValue } from '../../../wsdl/index.ts';
import { toText } from '../expression/compare.ts';
import { evaluate, evaluateAll, type Scope } from '../expression/evaluate.ts';
import { ExpressionError } from '../expression/expression.ts';
import type { PlacedExpression } from '../source/read-expression.ts';
import type { Template } from './template.ts';

/** Something that a scenario says cannot be done for this call: its message names file and line. */
export class PlayError extends Error {
  override readonly name = 'PlayError';

  constructor(
    { node, shift }: Pick<PlacedExpression, 'node'> & { readonly shift?: number },
    message: string,
  ) {
    const { file, line, column } = node.place;
    super(`${file}:${line}:${column + (shift ?? 0)}: ${message}`);
  }
}

/** @throws PlayError */
export function valueOf(placed: PlacedExpression, scope: Scope): JsonValue | undefined {
  return atItsPlace(placed, () => evaluate(placed.expression, scope));
}

/** Every value it leads to. @throws PlayError */
export function valuesOf(placed: PlacedExpression, scope: Scope): readonly JsonValue[] {
  return atItsPlace(placed, () => evaluateAll(placed.expression, scope));
}

function atItsPlace<Result>(placed: PlacedExpression, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new PlayError({ ...placed, shift: placed.shift + error.at }, error.message);
    throw error;
  }
}

/** The value of a template. Members and entries without a value are left out; undefined if that is all. @throws PlayError */
export function render(template: Template, scope: Scope): JsonValue | undefined {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'value':
      return valueOf(template.expression, scope);
    case 'text':
      return renderText(template, scope, (text) => text);
    case 'list':
      return present(template.entries.map((entry) => render(entry, scope)));
    case 'each':
      return present(
        eachOf(template.values, scope).map((value) =>
          render(template.give, { ...scope, names: new Map([...scope.names, [template.as, value]]) }),
        ),
      );
    case 'object': {
      const members = Array.from(
        template.members,
        ([name, member]) => [name, render(member, scope)] as const,
      );
      return Object.fromEntries(
        members.filter((member): member is readonly [string, JsonValue] => member[1] !== undefined),
      );
    }
  }
}

/** The text of a template, where only text can stand; `escape` is done to what is put in. @throws PlayError */
export function renderText(template: Template, scope: Scope, escape: (text: string) => string): string {
  if (template.kind === 'constant') return toText(template.value);
  const parts =
    template.kind === 'text' ? template.parts : template.kind === 'value' ? [template.expression] : [];
  return parts.map((part) => (typeof part === 'string' ? part : escape(presentText(part, scope)))).join('');
}

function presentText(placed: PlacedExpression, scope: Scope): string {
  const value = valueOf(placed, scope);
  if (value === undefined || value === null)
    throw new PlayError(
      placed,
      'has no value here; use default(..., ...) or leave the whole member to one {{ }}',
    );
  return toText(value);
}

function eachOf(values: PlacedExpression, scope: Scope): readonly JsonValue[] {
  const value = valueOf(values, scope);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function present(values: readonly (JsonValue | undefined)[]): JsonValue[] {
  return values.filter((value) => value !== undefined);
}
