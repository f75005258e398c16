import type { JsonValue } from '../../../wsdl/index.ts';
import type { BoundCondition } from '../bound-scenario.ts';
import type { Scope } from '../expression/evaluate.ts';
import type { Subject } from '../scenario.ts';
import { PlayError, renderText, valuesOf } from '../template/render.ts';
import { describeMatcher, matchesOne, shown } from './match-value.ts';

/** Whether the condition holds. One that cannot be judged, such as the sum of what is no number, does not. */
export function holdsFor(bound: BoundCondition, scope: Scope): boolean {
  try {
    const values = subjectValues(bound, scope);
    return bound.condition.matchers.every((matcher) => matchesOne(values, matcher, scope));
  } catch (error) {
    if (error instanceof PlayError) return false;
    throw error;
  }
}

/** Why it does not hold: what was found and what must be, unmasked. */
export function reasonAgainst(bound: BoundCondition, scope: Scope): string {
  try {
    const values = subjectValues(bound, scope);
    const failed = bound.condition.matchers.find((matcher) => !matchesOne(values, matcher, scope));
    const found = values.length > 1 ? values.slice(0, 5).map(shown).join(' and ') : shown(values[0]);
    return `${nameOf(bound.condition.subject)} is ${found} and ${failed ? describeMatcher(failed, scope) : 'fits'}`;
  } catch (error) {
    if (error instanceof PlayError) return error.message;
    throw error;
  }
}

function subjectValues(
  { condition: { subject }, value }: BoundCondition,
  scope: Scope,
): readonly JsonValue[] {
  const { context } = scope;
  switch (subject.kind) {
    case 'path':
    case 'value':
      return value ? valuesOf(value, scope) : [];
    case 'header':
      return listOf([context.headers[subject.name]].flat().join(', ') || undefined);
    case 'store':
      return listOf(
        context.record(
          subject.store.text,
          renderText(subject.key, scope, (text) => text),
        ),
      );
    case 'machine':
      return listOf(context.state(subject.machine.text));
    case 'calls':
      return [context.calls];
  }
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined ? [] : [value];
}

function nameOf(subject: Subject): string {
  switch (subject.kind) {
    case 'path':
      return subject.text;
    case 'value':
      return subject.value.node.text ?? 'the value';
    case 'header':
      return `header ${subject.name}`;
    case 'store':
      return `the record of store ${subject.store.text}`;
    case 'machine':
      return `machine ${subject.machine.text}`;
    case 'calls':
      return 'the number of the call';
  }
}
