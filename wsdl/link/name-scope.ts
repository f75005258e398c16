const UNSAFE: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The JSON names of one object. The first to ask for a name gets it, later ones the first free number.
 *
 * A name may be given twice only on purpose: from `shareable` (another branch of the same choice holds the same
 * declaration) or from `inherited` (a base type has named the same element).
 */
export class NameScope {
  readonly #taken: Set<string>;
  #shareable: Map<string, string[]>;
  readonly #inherited: Map<string, string[]>;
  /** Where to go on counting, so that many of one name are not counted from the start each time. */
  readonly #numbers = new Map<string, number>();

  constructor(taken: Iterable<string> = [], inherited: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#taken = new Set(taken);
    this.#shareable = new Map();
    this.#inherited = copyNames(inherited);
  }

  /** @param declaration what the name would stand for; @param qname key under which a base type may have named it. */
  take(wanted: string, declaration?: string, qname?: string): string {
    const again =
      (declaration !== undefined && this.#shareable.get(declaration)?.shift()) ||
      (qname !== undefined && this.#inherited.get(qname)?.shift());
    if (again) return again;
    const name = this.#free(wanted);
    this.#taken.add(name);
    return name;
  }

  /** A scope for one branch of a choice, in which names of other branches may be taken once more. */
  branch(names: ReadonlyMap<string, readonly string[]>): NameScope {
    const branch = new NameScope(this.#taken, this.#inherited);
    branch.#shareable = copyNames(this.#shareable);
    for (const [declaration, shared] of names) {
      branch.#shareable.set(declaration, [...(branch.#shareable.get(declaration) ?? []), ...shared]);
    }
    return branch;
  }

  /** The branch's names become this scope's. */
  adopt(branch: NameScope, used: ReadonlySet<string>): void {
    for (const name of branch.#taken) this.#taken.add(name);
    for (const names of [...this.#shareable.values(), ...this.#inherited.values()]) {
      names.splice(0, names.length, ...names.filter((name) => !used.has(name)));
    }
  }

  #free(wanted: string): string {
    if (!UNSAFE.has(wanted) && !this.#taken.has(wanted)) return wanted;
    let number = this.#numbers.get(wanted) ?? 2;
    while (this.#taken.has(`${wanted}${number}`)) number++;
    this.#numbers.set(wanted, number);
    return `${wanted}${number}`;
  }
}

function copyNames(names: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  return new Map([...names].map(([key, list]) => [key, [...list]]));
}
