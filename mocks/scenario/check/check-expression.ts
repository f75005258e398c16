import { FUNCTION_NAMES, functionNamed } from '../expression/functions.ts';
import { toText } from '../expression/compare.ts';
import type { Expression, Step, Test } from '../expression/expression.ts';
import type { Field, Place } from '../path/place.ts';
import type { PlacedExpression } from '../source/read-expression.ts';
import { suggestion } from '../source/yaml-node.ts';
import type { ScenarioSet } from '../scenario.ts';

/** What an expression may name, with what stands there as far as that is known. */
export interface Names {
  readonly places: ReadonlyMap<string, Place>;
  readonly set: Pick<ScenarioSet, 'stores' | 'machines'>;
}

const OPEN: Place = { kind: 'open' };

/** Writes down every name, function, store and path of the request that there is not. @returns what the expression leads to. */
export function checkExpression({ expression, node, shift }: PlacedExpression, names: Names): Place {
  return placeOf(expression, names, (message, at) => node.fail(message, shift + at));
}

type Fail = (message: string, at: number) => void;

function placeOf(expression: Expression, names: Names, fail: Fail): Place {
  switch (expression.kind) {
    case 'literal':
      return { kind: 'value' };
    case 'name': {
      const found = names.places.get(expression.name);
      if (found === undefined)
        fail(
          `there is no "${expression.name}" here${suggestion(expression.name, names.places.keys())}`,
          expression.at,
        );
      return found ?? OPEN;
    }
    case 'call':
      checkCall(expression, names, fail);
      return OPEN;
    case 'path':
      return placeOfPath(expression, names, fail);
  }
}

function checkCall(
  { name, parameters, at }: Expression & { readonly kind: 'call' },
  names: Names,
  fail: Fail,
): void {
  const found = functionNamed(name);
  for (const parameter of parameters) placeOf(parameter, names, fail);
  if (found === undefined)
    return fail(`there is no function "${name}"${suggestion(name, FUNCTION_NAMES)}`, at);
  const { least, most } = found;
  if (parameters.length < least || parameters.length > most)
    return fail(
      `${name} takes ${least === most ? least : `${least} to ${most}`} parameters, not ${parameters.length}`,
      at,
    );
  const [first] = parameters;
  if (found.names === undefined || first?.kind !== 'literal') return;
  const declared = found.names === 'store' ? names.set.stores : names.set.machines;
  const named = toText(first.value);
  if (!declared.has(named))
    fail(`there is no ${found.names} "${named}"${suggestion(named, declared.keys())}`, first.at);
}

function placeOfPath(path: Expression & { readonly kind: 'path' }, names: Names, fail: Fail): Place {
  let place = placeOf(path.base, names, fail);
  for (const step of path.steps) place = placeAfter(place, step, names, fail);
  return place;
}

function placeAfter(place: Place, step: Step, names: Names, fail: Fail): Place {
  switch (step.kind) {
    case 'member':
      return memberOf(place, step, fail);
    case 'index':
      placeOf(step.index, names, fail);
      return entryOf(place);
    case 'all':
      return entryOf(place);
    case 'filter': {
      const entry = place.kind === 'list' ? place.entry : place;
      checkTest(step.test, { ...names, places: new Map([...names.places, ['@', entry]]) }, fail);
      return entry;
    }
    case 'descendants':
    case 'ways':
      return OPEN;
  }
}

function entryOf(place: Place): Place {
  return place.kind === 'list' ? place.entry : OPEN;
}

function memberOf(place: Place, { name, at }: Step & { readonly kind: 'member' }, fail: Fail): Place {
  switch (place.kind) {
    case 'open':
      return OPEN;
    case 'list':
      fail(`this is a list, which has no member "${name}"; take [0], [*] or [?@...] before it`, at);
      return OPEN;
    case 'value':
      fail(`this is a single value, which has no member "${name}"`, at);
      return OPEN;
    case 'object': {
      const fields = place.fields();
      const found = fields.filter((field) => field.name === name);
      if (found.length === 0) fail(`no message has a member "${name}" here${knownOf(name, fields)}`, at);
      return joined(found);
    }
  }
}

/** Variants of a type may have different things by the same name. */
function joined(fields: readonly Field[]): Place {
  const [first] = fields;
  return first && fields.every(({ place }) => place.kind === first.place.kind) ? first.place : OPEN;
}

function knownOf(name: string, fields: readonly Field[]): string {
  const known = [...new Set(fields.map((field) => field.name))].filter((one) => one !== '@nil');
  return (
    suggestion(name, known) ||
    (known.length === 0 ? '; it is empty' : `; it may have ${known.slice(0, 20).join(', ')}`)
  );
}

function checkTest(test: Test, names: Names, fail: Fail): void {
  switch (test.kind) {
    case 'and':
    case 'or':
      for (const one of test.tests) checkTest(one, names, fail);
      return;
    case 'not':
      return checkTest(test.test, names, fail);
    case 'exists':
      placeOf(test.operand, names, fail);
      return;
    case 'compare':
      placeOf(test.left, names, fail);
      placeOf(test.right, names, fail);
  }
}
