import { ExpressionError } from './expression.ts';
import { toTokens, type Token } from './tokens.ts';

/** Nested deeper nothing is written by hand; and a reader recurses. */
const DEEPEST = 50;

/** Tokens one after another, for parsers of expressions and of XPath. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = toTokens(text);
  }

  get token(): Token {
    return this.#tokens[this.#next]!;
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  /** Whether the sign comes next; it is then taken. */
  accept(sign: string): boolean {
    const isNext = this.token.kind === 'sign' && this.token.text === sign;
    if (isNext) this.#next += 1;
    return isNext;
  }

  expect(sign: string): void {
    if (!this.accept(sign)) this.refuse(`"${sign}" is missing`);
  }

  refuse(message: string): never {
    throw new ExpressionError(message, this.token.at);
  }

  unexpected(): never {
    const { kind, text } = this.token;
    return this.refuse(kind === 'end' ? 'ends too early' : `"${text}" is not expected here`);
  }

  /** @throws ExpressionError if too much is nested. */
  nested<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > DEEPEST) this.refuse('is nested too deep');
    const result = read();
    this.#depth -= 1;
    return result;
  }
}
