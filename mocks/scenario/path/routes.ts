import type { Contract, Message } from '../../../wsdl/index.ts';
import { closestName } from '../../../wsdl/index.ts';
import type { Step } from '../expression/expression.ts';
import { placeOfMessage, type Field, type Place } from './place.ts';

/** A way through the JSON of a message, taken by names of its XML. `repeats`: it ends at a list whose entries are the elements. */
export interface Route {
  readonly steps: readonly Step[];
  readonly place: Place;
  readonly repeats: boolean;
}

/** `Envelope` and `Body` are in no JSON: places that lead on without a step. */
export function fromRoot(contract: Contract, message: Message): Route[] {
  const whole = placeOfMessage(contract, message);
  const bodyElement = placeOfBody(message, whole);
  const header = whole.kind === 'object' ? whole.fields().find(({ name }) => name === '@header') : undefined;
  const envelope = bare([
    named('Body', bodyElement, []),
    ...(header ? [named('Header', header.place, [member('@header')])] : []),
  ]);
  return [
    { steps: [], place: bare([named('Envelope', envelope, [])]), repeats: false },
    { steps: [], place: bodyElement, repeats: false },
  ];
}

/** What stands in the Body: the elements of the message, with the step there if they are members of its JSON. */
function placeOfBody({ body }: Message, whole: Place): Place {
  const [only] = body.members;
  if (body.kind === 'content') return whole;
  if (body.kind === 'rpc') {
    const inside = only && body.shape === 'value' ? bare([named(only.name.local, whole, [])]) : whole;
    return bare([named(body.wrapper?.local ?? '', inside, [])]);
  }
  return only && body.shape === 'value' ? bare([named(only.name.local, whole, [])]) : whole;
}

/** Fields of XML that JSON has not: their steps are given instead of their name. */
const STEPS = new WeakMap<Field, readonly Step[]>();

function named(local: string, place: Place, steps: readonly Step[]): Field {
  const field: Field = { name: '', place, as: 'element', local };
  STEPS.set(field, steps);
  return field;
}

function bare(fields: readonly Field[]): Place {
  return { kind: 'object', fields: () => fields };
}

function member(name: string): Step {
  return { kind: 'member', name, at: 0 };
}

/** Where the elements or the attribute of a name are. */
export function follow(route: Route, name: string, as: 'element' | 'attribute' | 'anywhere'): Route[] {
  if (as === 'anywhere') return anywhere(route, name);
  const { place, steps } = route;
  if (place.kind === 'list' && place.element === name && as === 'element')
    return [{ steps, place: place.entry, repeats: true }];
  if (place.kind !== 'object') return [];
  return unique(place.fields().flatMap((field) => followField(steps, field, name, as)));
}

function followField(
  steps: readonly Step[],
  field: Field,
  name: string,
  as: 'element' | 'attribute',
): Route[] {
  const { place } = field;
  const there = [...steps, ...(STEPS.get(field) ?? [member(field.name)])];
  if (field.as === 'group' && place.kind === 'list')
    return follow(
      { steps: [...there, { kind: 'all', at: 0 }], place: place.entry, repeats: false },
      name,
      as,
    );
  if (field.as !== as || field.local !== name) return [];
  const repeats = place.kind === 'list' && place.element === undefined;
  return [{ steps: there, place: repeats ? place.entry : place, repeats }];
}

/** Variants of a type share the members of their base: one way there is enough. */
function unique(routes: readonly Route[]): Route[] {
  const seen = new Map<string, Route>();
  for (const route of routes) {
    const key = JSON.stringify(route.steps);
    if (!seen.has(key)) seen.set(key, route);
  }
  return [...seen.values()];
}

/** `//Name`: whatever has one of the names in JSON that elements of this name have anywhere below. */
function anywhere({ steps, place }: Route, name: string): Route[] {
  const found = fieldsBelow(place).filter(
    (field) => field.as === 'element' && field.local === name && field.name !== '',
  );
  const [first] = found;
  if (first === undefined) return [];
  const names = [...new Set(found.map((field) => field.name))];
  const end = first.place.kind === 'list' ? first.place.entry : first.place;
  return [{ steps: [...steps, { kind: 'descendants', names, at: 0 }], place: end, repeats: false }];
}

const MOST_FIELDS = 20_000;

function fieldsBelow(root: Place): Field[] {
  const found: Field[] = [];
  const seen = new Set<string>();
  const waiting: Place[] = [root];
  for (let place = waiting.pop(); place !== undefined && found.length < MOST_FIELDS; place = waiting.pop()) {
    if (place.kind === 'list') waiting.push(place.entry);
    if (place.kind !== 'object' || (place.type !== undefined && seen.has(place.type))) continue;
    if (place.type !== undefined) seen.add(place.type);
    found.push(...place.fields());
    waiting.push(...place.fields().map((field) => field.place));
  }
  return found;
}

/** The text of an element that is an object in JSON, because it has attributes. */
export function textOf(route: Route): Route {
  const { place, steps } = route;
  const text = place.kind === 'object' ? place.fields().find((field) => field.as === 'text') : undefined;
  return text ? { steps: [...steps, member(text.name)], place: text.place, repeats: false } : route;
}

export function unknownName(
  routes: readonly Route[],
  name: string,
  as: 'element' | 'attribute' | 'anywhere',
): string {
  const below = routes.flatMap(({ place }) => (as === 'anywhere' ? fieldsBelow(place) : namesAt(place)));
  const kind = as === 'attribute' ? 'attribute' : 'element';
  const known = [...new Set(below.filter((field) => field.as === kind).map(({ local }) => local))];
  if (known.length === 0) return `no message has an ${kind} ${name} here, nor any other`;
  const closest = closestName(name, known);
  return `no message has an ${kind} ${name} here; ${closest === undefined ? `it may have ${known.slice(0, 20).join(', ')}` : `did you mean ${closest}?`}`;
}

function namesAt(place: Place): readonly Field[] {
  if (place.kind === 'list')
    return place.element === undefined
      ? []
      : [{ name: '', place: place.entry, as: 'element', local: place.element }];
  if (place.kind !== 'object') return [];
  return place
    .fields()
    .flatMap((field) =>
      field.as === 'group' && field.place.kind === 'list' ? namesAt(field.place.entry) : [field],
    );
}
