import type { Particle } from '../../contract.ts';
import { report, escapePointer, type FaultCollector } from './fault-collector.ts';
import { memberNames, repeatedMembers } from './particle-members.ts';
import { quote, type SourceWriter } from './source-writer.ts';
import type { JsonValue } from '../codec.ts';

const LISTED_MEMBERS = 20;
/** Up to so many names, comparing one after the other is faster than a set. */
const COMPARED_MEMBERS = 24;

/** A JSON object in generated code: its members are read into variables, once. */
export class ObjectScope {
  readonly #writer: SourceWriter;
  /** Variable that holds the object. */
  readonly value: string;
  /** Variable or expression that holds its pointer. */
  readonly pointer: string;
  readonly #variables = new Map<string, string>();
  readonly #repeated = new Set<string>();

  constructor(writer: SourceWriter, value: string, pointer: string) {
    this.#writer = writer;
    this.value = value;
    this.pointer = pointer;
  }

  /** Reads the members of a particle. */
  declareParticle(particle: Particle): void {
    for (const name of repeatedMembers(particle)) this.#repeated.add(name);
    for (const name of memberNames(particle)) this.declare(name);
  }

  /** Reads a member; one that is inherited, as `constructor`, counts as missing. */
  declare(name: string): void {
    if (this.#variables.has(name)) return;
    const variable = this.#writer.variable();
    this.#variables.set(name, variable);
    const read = `${this.value}[${quote(name)}]`;
    const own =
      name in Object.prototype ? `Object.hasOwn(${this.value}, ${quote(name)}) ? ${read} : undefined` : read;
    this.#writer.check(`const ${variable} = ${own};`);
  }

  /** Statement that reports every member not declared. `owner` names the object in messages. */
  refuseUnknown(owner: string): void {
    const names = new Set(this.#variables.keys());
    const listed = [...names].slice(0, LISTED_MEMBERS).map((name) => `"${name}"`);
    const more = names.size > listed.length ? ' and more' : '';
    const message = `is not a member of ${owner}, which ${names.size === 0 ? 'has none' : `has ${listed.join(', ')}${more}`}`;
    const check = this.#writer.constant(refuseUnknownMembers);
    const known = this.#writer.constant(names);
    const refuse = `${check}(${this.value}, ${known}, ${this.pointer}, x, ${quote(message)});`;
    this.#writer.check(
      this.#writer.mode === 'fast' ? unlessAllKnown(this.value, names, known, refuse) : refuse,
    );
  }

  /** Variable of a declared member. */
  member(name: string): string {
    return this.#variables.get(name)!;
  }

  /** Expression: whether the member stands for at least one element. */
  isPresent(name: string): string {
    const variable = this.member(name);
    if (!this.#repeated.has(name)) return `${variable} !== undefined`;
    return `(${variable} !== undefined && !(Array.isArray(${variable}) && ${variable}.length === 0))`;
  }

  /** Expression: whether any of the members is present. */
  isAnyPresent(names: readonly string[]): string {
    return names.length === 0 ? 'false' : `(${names.map((name) => this.isPresent(name)).join(' || ')})`;
  }
}

/** `for in` tells inherited members, too; `refuse` then looks at the object's own alone. */
function unlessAllKnown(object: string, names: ReadonlySet<string>, known: string, refuse: string): string {
  if (names.size === 0) return refuse;
  if (names.size > COMPARED_MEMBERS)
    return `for (const k in ${object}) if (!${known}.has(k)) { ${refuse} break; }`;
  const cases = [...names].map((name) => `case ${quote(name)}: `).join('');
  return `for (const k in ${object}) switch (k) { ${cases}break; default: ${refuse} }`;
}

function refuseUnknownMembers(
  object: { readonly [member: string]: JsonValue | undefined },
  known: ReadonlySet<string>,
  pointer: string,
  faults: FaultCollector | undefined,
  message: string,
): void {
  for (const name of Object.keys(object)) {
    if (!known.has(name) && object[name] !== undefined)
      report(faults, `${pointer}/${escapePointer(name)}`, 'unknown-member', message, [...known]);
  }
}
