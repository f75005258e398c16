import type { Expression, Operator, Step, Test } from './expression.ts';
import { TokenReader } from './token-reader.ts';

/**
 * ```
 * expression ::= ( literal | name | '$' | '@' | name '(' ( expression ( ',' expression )* )? ')' ) step*
 * step       ::= '.' name | '..' name | '[' ( '*' | '?' test | expression ) ']'
 * test       ::= all ( '||' all )*          all ::= one ( '&&' one )*
 * one        ::= '!' one | '(' test ')' | expression ( operator expression )?
 * ```
 * Paths are RFC 9535's, as far as they are here; `$` is the request. @throws ExpressionError
 */
export function parseExpression(text: string): Expression {
  const reader = new TokenReader(text);
  const expression = readExpression(reader);
  if (reader.token.kind !== 'end') reader.unexpected();
  return expression;
}

function readExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    const base = readBase(reader);
    const steps: Step[] = [];
    for (let step = readStep(reader); step !== undefined; step = readStep(reader)) steps.push(step);
    return steps.length === 0 ? base : { kind: 'path', base, steps, at: base.at };
  });
}

const CONSTANTS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readBase(reader: TokenReader): Expression {
  const { kind, text, at } = reader.token;
  if (kind === 'end' || (kind === 'sign' && text !== '$' && text !== '@')) return reader.unexpected();
  reader.take();
  switch (kind) {
    case 'number':
      // The digits as they are written: amounts stay exact.
      return {
        kind: 'literal',
        value: isSmallInteger(text) ? Number(text) : text,
        at,
      };
    case 'text':
      return { kind: 'literal', value: text, at };
    case 'sign':
      return { kind: 'name', name: text === '$' ? 'input' : text, at };
    case 'name':
      if (reader.accept('(')) return { kind: 'call', name: text, parameters: readParameters(reader), at };
      return Object.hasOwn(CONSTANTS, text)
        ? { kind: 'literal', value: CONSTANTS[text] ?? null, at }
        : { kind: 'name', name: text, at };
  }
}

function readParameters(reader: TokenReader): Expression[] {
  const parameters: Expression[] = [];
  if (reader.accept(')')) return parameters;
  do parameters.push(readExpression(reader));
  while (reader.accept(','));
  reader.expect(')');
  return parameters;
}

function readStep(reader: TokenReader): Step | undefined {
  const { at } = reader.token;
  if (reader.accept('.'))
    return reader.accept('*') ? { kind: 'all', at } : { kind: 'member', name: readName(reader), at: at + 1 };
  if (reader.accept('..')) return { kind: 'descendants', names: [readName(reader)], at };
  if (!reader.accept('[')) return undefined;
  const step = readBracket(reader, at);
  reader.expect(']');
  return step;
}

function readBracket(reader: TokenReader, at: number): Step {
  if (reader.accept('*')) return { kind: 'all', at };
  if (reader.accept('?')) return { kind: 'filter', test: readTest(reader), at };
  const index = readExpression(reader);
  return index.kind === 'literal' && typeof index.value === 'string'
    ? { kind: 'member', name: index.value, at: index.at }
    : { kind: 'index', index, at };
}

function readName(reader: TokenReader): string {
  const { kind, text } = reader.token;
  if (kind !== 'name') reader.unexpected();
  reader.take();
  return text;
}

function readTest(reader: TokenReader): Test {
  return readJoined(reader, '||', 'or', () => readJoined(reader, '&&', 'and', () => readOne(reader)));
}

function readJoined(reader: TokenReader, sign: string, kind: 'and' | 'or', read: () => Test): Test {
  const tests = [read()];
  while (reader.accept(sign)) tests.push(read());
  return tests.length === 1 ? tests[0]! : { kind, tests };
}

const OPERATORS: readonly Operator[] = ['==', '!=', '<=', '>=', '<', '>'];

function readOne(reader: TokenReader): Test {
  return reader.nested(() => {
    if (reader.accept('!')) return { kind: 'not', test: readOne(reader) };
    if (reader.accept('(')) {
      const test = readTest(reader);
      reader.expect(')');
      return test;
    }
    const left = readExpression(reader);
    const operator = OPERATORS.find((sign) => reader.accept(sign));
    if (operator === undefined) return { kind: 'exists', operand: left };
    const isNumeric = reader.token.kind === 'number';
    return { kind: 'compare', operator, left, right: readExpression(reader), isNumeric };
  });
}

function isSmallInteger(text: string): boolean {
  return !text.includes('.') && Number.isSafeInteger(Number(text));
}
