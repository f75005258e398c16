import type { QNameKey } from '../qname.ts';
import { identifier, pascalCase } from './json-name.ts';

/** Keys and names for types, each unique over the contract. */
export class TypeNames {
  readonly #names = new Map<string, number>();
  readonly #keys = new Map<QNameKey, number>();

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

  /** @param taken each with the number that the next of that name tries. */
  #unique(wanted: string, taken: Map<string, number>, mark: string): string {
    let number = taken.get(wanted);
    if (number === undefined) {
      taken.set(wanted, 2);
      return wanted;
    }
    while (taken.has(`${wanted}${mark}${number}`)) number++;
    const name = `${wanted}${mark}${number}`;
    taken.set(wanted, number + 1).set(name, 2);
    return name;
  }
}
