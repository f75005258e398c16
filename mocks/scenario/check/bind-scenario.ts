import type { BoundCondition, BoundScenario, Target } from '../bound-scenario.ts';
import { ExpressionError } from '../expression/expression.ts';
import { compileXPath } from '../path/compile-xpath.ts';
import { placeOfMessage, type Place } from '../path/place.ts';
import { parseAt, type PlacedExpression } from '../source/read-expression.ts';
import { suggestion } from '../source/yaml-node.ts';
import type { Change, Condition, Scenario, ScenarioSet, Written } from '../scenario.ts';
import { checkExpression, type Names } from './check-expression.ts';
import { checkTemplate } from './check-template.ts';

/** Finds the paths of a scenario in one operation, and checks all that it names but its answers. */
export function bindScenario(
  scenario: Scenario,
  target: Target,
  declared: Pick<ScenarioSet, 'stores' | 'machines'>,
): BoundScenario {
  const input = placeOfMessage(target.endpoint.contract, target.operation.input);
  const names = namesOf(scenario, input, declared);
  const conditions = scenario.when.map((condition) => bindCondition(condition, target, names));
  for (const change of scenario.change) checkChange(change, names);
  return { scenario, conditions, names };
}

/** Each name of `let` is known to those after it. */
function namesOf({ lets }: Scenario, input: Place, set: Names['set']): Names {
  const places = new Map<string, Place>([['input', input]]);
  for (const { name, value } of lets) places.set(name, checkExpression(value, { places, set }));
  return { places, set };
}

/** @returns the condition with its path as an expression. */
function bindCondition(condition: Condition, target: Target, names: Names): BoundCondition {
  const { subject, matchers } = condition;
  for (const matcher of matchers) {
    if (matcher.kind === 'oneOf') for (const expected of matcher.expected) checkTemplate(expected, names);
    else if (matcher.kind !== 'matches' && matcher.kind !== 'exists') checkTemplate(matcher.expected, names);
  }
  switch (subject.kind) {
    case 'path': {
      const value = bindPath(subject, target, names);
      return { condition, ...(value && { value }) };
    }
    case 'value':
      checkExpression(subject.value, names);
      return { condition, value: subject.value };
    case 'store':
      checkDeclared(subject.store, 'store', names.set.stores.keys());
      checkTemplate(subject.key, names);
      return { condition };
    case 'machine':
      checkDeclared(subject.machine, 'machine', names.set.machines.keys());
      return { condition };
    case 'header':
    case 'calls':
      return { condition };
  }
}

/** `/...` is an XPath, `$...` a JSON path. */
function bindPath(
  { text, node }: Condition['subject'] & { readonly kind: 'path' },
  target: Target,
  names: Names,
): PlacedExpression | undefined {
  if (text.startsWith('$')) {
    const placed = parseAt(node, text, 0);
    if (placed !== undefined) checkExpression(placed, names);
    return placed;
  }
  if (!text.startsWith('/')) {
    node.fail('must begin with "$", a JSON path, or with "/", an XPath');
    return undefined;
  }
  try {
    return {
      expression: compileXPath(text, target.endpoint.contract, target.operation.input),
      node,
      shift: 0,
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    node.fail(error.message, error.at);
    return undefined;
  }
}

function checkChange(change: Change, names: Names): void {
  if (change.onlyIf) checkExpression(change.onlyIf, names);
  if (change.kind === 'go') {
    const machine = names.set.machines.get(change.machine.text);
    checkDeclared(change.machine, 'machine', names.set.machines.keys());
    if (machine !== undefined) checkDeclared(change.to, 'state', machine.states);
    return;
  }
  checkDeclared(change.store, 'store', names.set.stores.keys());
  checkTemplate(change.key, names);
  if (change.kind !== 'delete') checkTemplate(change.record, names);
}

function checkDeclared({ text, node }: Written, what: string, declared: Iterable<string>): void {
  const known = [...declared];
  if (known.includes(text)) return;
  const hint =
    suggestion(text, known) ||
    (known.length === 0 ? `; declare it under "${what}s"` : `; there are ${known.join(', ')}`);
  node.fail(`there is no ${what} "${text}"${hint}`);
}
