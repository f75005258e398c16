import type { ExpandedName, XmlName } from './names.ts';

/** The attributes of the element that starts, namespace declarations excepted. Reused: valid during `startElement` only. */
export interface Attributes {
  readonly count: number;
  readonly names: readonly ExpandedName[];
  /** As written, with prefixes. */
  readonly written: readonly XmlName[];
  /** Normalised as CDATA (XML 1.0, 3.3.3). */
  readonly values: readonly string[];
}

/** Up to this many, comparing each with each is faster than a set. */
const FEW = 8;

export class AttributeList implements Attributes {
  count = 0;
  readonly names: ExpandedName[] = [];
  readonly written: XmlName[] = [];
  readonly values: string[] = [];

  add(name: XmlName, value: string): void {
    this.written[this.count] = name;
    this.values[this.count] = value;
    this.count += 1;
  }

  /** @returns true if two have the same expanded name (Namespaces in XML 1.0, 6.3). */
  hasDuplicate(): boolean {
    if (this.count > FEW) return new Set(this.#keys()).size < this.count;
    for (let i = 1; i < this.count; i++) {
      for (let j = 0; j < i; j++) if (this.names[i]!.key === this.names[j]!.key) return true;
    }
    return false;
  }

  #keys(): string[] {
    return this.names.slice(0, this.count).map((name) => name.key);
  }
}
