import type { JsonValue } from '../../../wsdl/index.ts';

/** What `{{ ... }}`, `value`, `let` and predicates hold. `at` counts characters from the start of its text. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: JsonValue; readonly at: number }
  /** `input`, a name that `let` or `$as` gives, `@` within a predicate. */
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly parameters: readonly Expression[];
      readonly at: number;
    }
  | {
      readonly kind: 'path';
      readonly base: Expression;
      readonly steps: readonly Step[];
      readonly at: number;
    };

/** One step of a path; each takes values and gives those it leads to. */
export type Step =
  | { readonly kind: 'member'; readonly name: string; readonly at: number }
  /** An entry of a list by its position from 0, or from -1 at its end; a member by its name. */
  | { readonly kind: 'index'; readonly index: Expression; readonly at: number }
  /** All entries of a list, all members of an object. */
  | { readonly kind: 'all'; readonly at: number }
  /** The entries of a list that pass; anything else if it passes itself. */
  | { readonly kind: 'filter'; readonly test: Test; readonly at: number }
  /** Members of these names at any depth. */
  | { readonly kind: 'descendants'; readonly names: readonly string[]; readonly at: number }
  /** Where either way leads: an element of XML that stands at several places in JSON. */
  | { readonly kind: 'ways'; readonly ways: readonly (readonly Step[])[]; readonly at: number };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Test =
  | { readonly kind: 'and' | 'or'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly operand: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      /** One side is written as a number. */
      readonly isNumeric: boolean;
    };

/** Names of the values that every expression may use: the request, by either name. */
export const INPUT_NAMES: ReadonlySet<string> = new Set(['input', '$']);

/** What is wrong with the text of an expression, `at` so many characters into it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
