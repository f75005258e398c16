import { cardNumbersIn } from './card-numbers.ts';
import { credentialsIn, opaqueKeysIn } from './credentials.ts';
import { ibansIn } from './ibans.ts';
import { plainText } from './plain-text.ts';
import type { Span } from './span.ts';

export const MASK = '[masked]';

/** The text with card numbers, IBANs, tokens and passwords replaced by `[masked]`. */
export function maskText(text: string): string {
  return mask(text, credentialsIn(text));
}

/** The same for words of a stranger, where whatever looks like a key is taken for one. */
export function maskForeignText(text: string): string {
  return mask(text, [...credentialsIn(text), ...opaqueKeysIn(text)]);
}

function mask(text: string, credentials: readonly Span[]): string {
  return replace(text, [...credentials, ...numbersIn(text)]);
}

/** Whether a card number or an IBAN is in it. */
export function holdsNumber(text: string): boolean {
  return numbersIn(text).length > 0;
}

function numbersIn(text: string): Span[] {
  const plain = plainText(text);
  return [...cardNumbersIn(plain), ...ibansIn(plain)];
}

/** Spans that overlap or touch become one mask. */
function replace(text: string, spans: readonly Span[]): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of spans.toSorted((left, right) => left.start - right.start)) {
    if (start > done || done === 0) masked += text.slice(done, start) + MASK;
    done = Math.max(done, end);
  }
  return masked + text.slice(done);
}
