import type { QNameKey } from '../qname.ts';
import { identifier, pascalCase } from './json-name.ts';

/** Keys and names for types, each unique over the contract. */
export class TypeNames {
  readonly #names = new Set<string>();
  readonly #keys = new Set<QNameKey>();

  /** For a named type: the first keeps its name, later ones of the same name get a number. */
  named(local: string): string {
    return this.#unique(identifier(local), this.#names, '');
  }

  /** For an anonymous type: named after the element, attribute or type that it stands in. */
  anonymous(label: string): string {
    return this.#unique(pascalCase(label), this.#names, '');
  }

  /** `{ns}Parent/child`. The slash is in no name that a schema can write, so it cannot clash with a named type. */
  anonymousKey(owner: string): QNameKey {
    return this.#unique(owner, this.#keys, '#');
  }

  #unique(wanted: string, taken: Set<string>, mark: string): string {
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}${mark}${number}`;
    taken.add(name);
    return name;
  }
}
