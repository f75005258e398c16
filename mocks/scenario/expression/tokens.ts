import { ExpressionError } from './expression.ts';

/** `sign`: a punctuation mark or operator; `end` has no text. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s+|(?<number>-?\d+(?:\.\d+)?)|(?<name>@?[\p{L}_][\p{L}\p{N}_-]*)|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<sign>&&|\|\||==|!=|<=|>=|\.\.|\/\/|[$@.,()[\]*?<>!/:=])/uy;

/** Longer ones nobody writes; they would only take time. */
const MOST_CHARACTERS = 2_000;

/** @throws ExpressionError */
export function toTokens(text: string): Token[] {
  if (text.length > MOST_CHARACTERS)
    throw new ExpressionError(`is longer than ${MOST_CHARACTERS} characters`, 0);
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new ExpressionError(`"${text[at] ?? ''}" is not understood here`, at);
    const { number, name, double, single, sign } = match.groups ?? {};
    const quoted = double ?? single;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/\\(.)/g, '$1'), at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}
