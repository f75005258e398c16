import type { JsonValue } from '../codec.ts';
import type { SimpleFault } from './simple-codec.ts';

/** How the values of a primitive type look and compare. Texts are lexical forms, normalised by whiteSpace. */
export interface AtomicType {
  /** What is expected, to follow "must be". */
  readonly expected: string;
  readonly isLexical: (text: string) => boolean;
  /** JSON text of a valid lexical form. */
  readonly toJson: (text: string) => string;
  /** Lexical form of a JSON value of the right JSON type; whether it is valid is not yet checked. */
  readonly toLexical: (value: JsonValue) => string | SimpleFault;
  readonly canonical: (text: string) => string;
  /** Compares with a bound: negative, zero, positive, or undefined if neither is greater. Missing where there is no order. */
  readonly compareTo?: (bound: string) => (text: string) => number | undefined;
  /** For the length facets; `unit` is their name in messages. */
  readonly length?: { readonly unit: string; readonly of: (text: string) => number };
  /** For the digits facets. */
  readonly hasDigits?: boolean;
  readonly needsEscape: boolean;
}

export function same(text: string): string {
  return text;
}
