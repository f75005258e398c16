import { startsWith } from './starts-with.ts';

const LEAST_SLOTS = 16;

/** Values by the bytes of a text. Looking one up makes no string, which costs several times as much. */
export class ByteTable<Value> {
  readonly #texts: Uint8Array[] = [];
  readonly #values: Value[] = [];
  /** A power of two, at least twice as many as there are texts; 0, or one more than the index of a text. */
  #slots = new Int32Array(LEAST_SLOTS);

  get size(): number {
    return this.#texts.length;
  }

  /** @param text that is not in the table. */
  add(text: Uint8Array, value: Value): void {
    this.#values.push(value);
    if (this.#texts.push(text) * 2 > this.#slots.length) this.#grow();
    else this.#place(text, this.#texts.length);
  }

  find(bytes: Uint8Array, from: number, end: number): Value | undefined {
    const slots = this.#slots;
    for (let slot = hash(bytes, from, end); ; slot++) {
      const index = slots[slot & (slots.length - 1)]!;
      if (index === 0) return undefined;
      const text = this.#texts[index - 1]!;
      if (text.length === end - from && startsWith(bytes, from, text)) return this.#values[index - 1];
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (const [index, text] of this.#texts.entries()) this.#place(text, index + 1);
  }

  #place(text: Uint8Array, index: number): void {
    const slots = this.#slots;
    let slot = hash(text, 0, text.length);
    while (slots[slot & (slots.length - 1)] !== 0) slot++;
    slots[slot & (slots.length - 1)] = index;
  }
}

function hash(bytes: Uint8Array, from: number, end: number): number {
  let sum = 0;
  for (let i = from; i < end; i++) sum = (Math.imul(sum, 31) + bytes[i]!) | 0;
  return (sum ^ (sum >>> 15)) & 0xffffff;
}
