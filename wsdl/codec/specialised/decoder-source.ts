import { matchLiteral, putLiteral } from './byte-literal.ts';

/** Characters of one unit of code: a type of a thousand elements has half a million. */
const MOST_SOURCE = 4_000_000;

/** What is to be generated is better left to the general decoder. */
export class TooMuchSource extends Error {
  override readonly name = 'TooMuchSource';
}

/**
 * Gathers the source of a generated decoder. What comes from a contract enters it only as numbers (the bytes of names) or
 * as a constant, so no name can become code.
 */
export class DecoderSource {
  #length = 0;
  readonly #functions: string[] = [];
  readonly #constants: unknown[] = [];
  readonly #known = new Map<unknown, string>();
  #names = 0;

  /** A name in the source for a value that is known now. */
  constant(value: unknown): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.length}`;
    this.#constants.push(value);
    this.#known.set(value, name);
    return name;
  }

  /** A new name. */
  name(start: string): string {
    return `${start}${this.#names++}`;
  }

  add(source: string): void {
    this.#functions.push(source);
  }

  /** Counts what is written: a contract can be made to nest so that code for it would never end. @throws TooMuchSource */
  count(length: number): void {
    this.#length += length;
    if (this.#length > MOST_SOURCE) throw new TooMuchSource('the code for a type would be too long');
  }

  /** Evaluates the source; `result` is an expression in it. */
  evaluate(result: string): unknown {
    const names = this.#constants.map((_, index) => `k${index}`);
    const source = `'use strict';\n${this.#functions.join('\n')}\nreturn ${result};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- generating code is the point; names enter as bytes only
    return new Function(...names, source)(...this.#constants);
  }
}

/** Statement: white space between tags. */
export const SKIP_SPACE = 'if (b[p] < 33) p = skip(b, p);';

/** Expression: gives the message up. */
export const FAIL = 'fail(s, p)';

/** The body of one generated function: `s` is the state, `p` the position; it returns the position behind what it read. */
export class FunctionSource {
  readonly decoder: DecoderSource;
  readonly #lines: string[] = [];
  /** JSON bytes that do not come from text, in one run through the function. */
  literalBytes = 0;

  constructor(decoder: DecoderSource) {
    this.decoder = decoder;
  }

  line(code: string): void {
    this.decoder.count(code.length);
    this.#lines.push(code);
  }

  /** Writes JSON text. */
  put(json: string): void {
    this.literalBytes += Buffer.byteLength(json);
    this.line(putLiteral(json));
  }

  /** Requires a literal at `p` and moves behind it. */
  take(literal: string): void {
    const { length } = Buffer.from(literal);
    this.line(`if (${matchLiteral(literal, 'p')}) p += ${length}; else ${FAIL};`);
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}
