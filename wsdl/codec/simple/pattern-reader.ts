/** The pattern is outside of XSD's grammar; the message says what was found. */
export class UntranslatablePattern extends Error {
  override readonly name = 'UntranslatablePattern';
}

/** Reads a pattern from left to right, by code points. */
export class PatternReader {
  readonly #pattern: string;
  #position = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  atEnd(): boolean {
    return this.#position >= this.#pattern.length;
  }

  peek(): string | undefined {
    return this.#pattern[this.#position];
  }

  next(): string {
    const codePoint = this.#pattern.codePointAt(this.#position);
    if (codePoint === undefined) return this.refuse('an end before its time');
    const character = String.fromCodePoint(codePoint);
    this.#position += character.length;
    return character;
  }

  accept(text: string): boolean {
    const accepted = this.#pattern.startsWith(text, this.#position);
    if (accepted) this.#position += text.length;
    return accepted;
  }

  /** @param expression sticky. @returns what it matches here, '' if nothing. */
  match(expression: RegExp): string {
    expression.lastIndex = this.#position;
    const text = expression.exec(this.#pattern)?.[0] ?? '';
    this.#position += text.length;
    return text;
  }

  /** In a class: whether a hyphen here joins two characters to a range, rather than standing for itself or for a subtraction. */
  startsRange(): boolean {
    const after = this.#pattern[this.#position + 1];
    return this.peek() === '-' && after !== undefined && after !== ']' && after !== '[';
  }

  refuse(found: string): never {
    throw new UntranslatablePattern(`it has ${found}`);
  }
}
