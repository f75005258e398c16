import type { JsonValue } from '../../wsdl/index.ts';

export interface Mutation {
  readonly what: string;
  readonly value: JsonValue;
}

const ODD_VALUES: readonly JsonValue[] = [
  null,
  -1,
  300,
  1.5,
  '',
  'x',
  '1',
  '1.2345',
  'EUR',
  '2026-11-21',
  'INF',
  'AQID',
  true,
  [],
  ['x'],
  {},
  { value: '1.0' },
  { '@nil': true },
  { '@type': 'SepaPayment', amount: '1', iban: 'DE021' },
];

/** The value with one thing changed: each member left out, given an odd value, or joined by one that nobody knows. */
export function* mutationsOf(value: JsonValue): Generator<Mutation> {
  for (const path of pathsIn(value)) {
    const what = `/${path.join('/')}`;
    yield { what: `without ${what}`, value: change(value, path, () => undefined) };
    for (const odd of ODD_VALUES)
      yield { what: `${what} = ${JSON.stringify(odd)}`, value: change(value, path, () => odd) };
    yield { what: `unknown member in ${what}`, value: change(value, path, withUnknownMember) };
  }
}

type Path = readonly (string | number)[];

function* pathsIn(value: JsonValue, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (value === null || typeof value !== 'object') return;
  const children = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [name, child] of children) yield* pathsIn(child, [...path, name]);
}

function change(value: JsonValue, path: Path, make: (old: JsonValue) => JsonValue | undefined): JsonValue {
  const copy = structuredClone(value);
  let parent: JsonValue = copy;
  for (const step of path.slice(0, -1)) parent = (parent as Record<string, JsonValue>)[step]!;
  const last = path.at(-1)!;
  const container = parent as Record<string | number, JsonValue>;
  const made = make(container[last]!);
  if (made !== undefined) container[last] = made;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent as object, last);
  return copy;
}

function withUnknownMember(old: JsonValue): JsonValue {
  return old !== null && typeof old === 'object' && !Array.isArray(old) ? { ...old, unknown: 1 } : [old, old];
}
