import type { JsonValue } from '../../../wsdl/index.ts';

/** Everything a mock remembers, as JSON: what the admin API shows and takes. */
export interface StateSnapshot {
  readonly stores: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
  readonly machines: Readonly<Record<string, string>>;
  readonly counters: Readonly<Record<string, number>>;
}

/** Enough for any test; a mock that is written to for days must not fill the memory. */
const MOST_RECORDS = 100_000;

/**
 * What a mock remembers between calls: records in stores, states of machines, counters. What one call changes is kept as a whole
 * or, after `rollback`, not at all.
 */
export class MockState {
  #stores = new Map<string, Map<string, JsonValue>>();
  #machines = new Map<string, string>();
  #counters = new Map<string, number>();
  #undo: (() => void)[] = [];

  constructor(initial: StateSnapshot) {
    this.restore(initial);
  }

  /** Forgets all there is and begins with this. */
  restore({ stores, machines, counters }: StateSnapshot): void {
    const copies = Object.entries(stores).map(
      ([name, records]) => [name, new Map(Object.entries(structuredClone(records)))] as const,
    );
    this.#stores = new Map(copies);
    this.#machines = new Map(Object.entries(machines));
    this.#counters = new Map(Object.entries(counters));
    this.#undo = [];
  }

  snapshot(): StateSnapshot {
    const stores = Array.from(
      this.#stores,
      ([name, records]) => [name, Object.fromEntries(records)] as const,
    );
    return structuredClone({
      stores: Object.fromEntries(stores),
      machines: Object.fromEntries(this.#machines),
      counters: Object.fromEntries(this.#counters),
    });
  }

  record(store: string, key: string): JsonValue | undefined {
    return this.#stores.get(store)?.get(key);
  }

  records(store: string): JsonValue[] {
    return [...(this.#stores.get(store)?.values() ?? [])];
  }

  machine(name: string): string | undefined {
    return this.#machines.get(name);
  }

  next(counter: string): number {
    const before = this.#counters.get(counter) ?? 0;
    this.#counters.set(counter, before + 1);
    this.#undo.push(() => this.#counters.set(counter, before));
    return before + 1;
  }

  /** @throws RangeError if there is no room for another record. */
  put(store: string, key: string, record: JsonValue): void {
    const records = this.#storeNamed(store);
    const before = records.get(key);
    if (before === undefined && records.size >= MOST_RECORDS)
      throw new RangeError(`store "${store}" has ${MOST_RECORDS} records; no more fit`);
    records.set(key, record);
    // By its name: undoing a deletion puts another map in the store's place.
    this.#undo.push(() => {
      if (before === undefined) this.#storeNamed(store).delete(key);
      else this.#storeNamed(store).set(key, before);
    });
  }

  delete(store: string, key: string): boolean {
    const records = this.#storeNamed(store);
    if (!records.has(key)) return false;
    const before = new Map(records);
    records.delete(key);
    this.#undo.push(() => this.#stores.set(store, before));
    return true;
  }

  go(machine: string, to: string): void {
    const before = this.#machines.get(machine);
    this.#machines.set(machine, to);
    if (before !== undefined) this.#undo.push(() => this.#machines.set(machine, before));
  }

  commit(): void {
    this.#undo = [];
  }

  rollback(): void {
    for (const undo of this.#undo.toReversed()) undo();
    this.#undo = [];
  }

  #storeNamed(name: string): Map<string, JsonValue> {
    const found = this.#stores.get(name) ?? new Map<string, JsonValue>();
    this.#stores.set(name, found);
    return found;
  }
}
