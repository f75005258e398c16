import type { Contract, Message } from '../../../wsdl/index.ts';
import {
  ExpressionError,
  type Expression,
  type Operator,
  type Step,
  type Test,
} from '../expression/expression.ts';
import { TokenReader } from '../expression/token-reader.ts';
import { follow, fromRoot, textOf, unknownName, type Route } from './routes.ts';

/**
 * An XPath through the XML of a message as a path through its JSON: the contract says how one becomes the other, so that nothing has to
 * be kept as XML, and a path that no message can have is found out here.
 * ```
 * path      ::= '/' step ( '/' step )*  |  '//' name predicate* ( '/' step )*
 * step      ::= ( prefix ':' )? name predicate*  |  '@' name  |  'text' '(' ')'
 * predicate ::= '[' ( number | 'last' '(' ')' | test ) ']'
 * test      ::= all ( 'or' all )*     all ::= one ( 'and' one )*
 * one       ::= 'not' '(' test ')' | '(' test ')' | relative ( ( '=' | '!=' | '<' | '<=' | '>' | '>=' ) literal )?
 * relative  ::= '.' | step ( '/' step )*
 * ```
 * Names are local names; a prefix is read over. The root is `Envelope`, or the element in the Body. @throws ExpressionError
 */
export function compileXPath(text: string, contract: Contract, message: Message): Expression {
  const reader = new TokenReader(text);
  const routes = readAbsolute(reader, fromRoot(contract, message));
  if (reader.token.kind !== 'end') reader.unexpected();
  return toPath({ kind: 'name', name: 'input', at: 0 }, routes);
}

function readAbsolute(reader: TokenReader, root: readonly Route[]): Route[] {
  if (reader.token.text === '//') return readSteps(reader, root);
  if (!reader.accept('/')) return reader.unexpected();
  return readSteps(reader, readStep(reader, root));
}

function readSteps(reader: TokenReader, from: readonly Route[]): Route[] {
  let routes = [...from];
  for (;;) {
    if (reader.accept('/')) routes = readStep(reader, routes);
    else if (reader.accept('//')) routes = readNamed(reader, routes, true);
    else return routes;
  }
}

function readStep(reader: TokenReader, routes: readonly Route[]): Route[] {
  const { kind, text } = reader.token;
  if (kind !== 'name') return reader.unexpected();
  if (text.startsWith('@')) return readAttribute(reader, routes);
  if (text === 'text') {
    reader.take();
    if (reader.accept('(')) {
      reader.expect(')');
      return [...routes];
    }
    return withPredicates(reader, choose(reader, routes, text, 'element'));
  }
  return readNamed(reader, routes, false);
}

function readAttribute(reader: TokenReader, routes: readonly Route[]): Route[] {
  const prefixed = reader.take().text.slice(1);
  const name = reader.accept(':') ? reader.take().text : prefixed;
  return choose(reader, routes, name, 'attribute');
}

function readNamed(reader: TokenReader, routes: readonly Route[], anywhere: boolean): Route[] {
  if (reader.token.kind !== 'name') return reader.unexpected();
  const first = reader.take().text;
  const name = reader.accept(':') ? reader.take().text : first;
  return withPredicates(reader, choose(reader, routes, name, anywhere ? 'anywhere' : 'element'));
}

function choose(
  reader: TokenReader,
  routes: readonly Route[],
  name: string,
  as: 'element' | 'attribute' | 'anywhere',
): Route[] {
  const found = routes.flatMap((route) => follow(route, name, as));
  if (found.length > 0) return found;
  throw new ExpressionError(unknownName(routes, name, as), reader.token.at - name.length);
}

/** A route to what repeats ends before its list: only now is it known which of its entries are meant. */
function withPredicates(reader: TokenReader, routes: readonly Route[]): Route[] {
  let narrowed = routes.map((route): Route & { open: boolean } => ({ ...route, open: route.repeats }));
  while (reader.accept('[')) {
    const step = readPredicate(reader, narrowed);
    reader.expect(']');
    if (step.kind === 'index' && !narrowed.every(({ open }) => open))
      reader.refuse('a position stands first, and only at what repeats');
    narrowed = narrowed.map(({ steps, place }) => ({
      steps: [...steps, step],
      place,
      repeats: false,
      open: false,
    }));
  }
  return narrowed.map(({ steps, place, open }) => ({
    steps: open ? [...steps, { kind: 'all', at: 0 }] : steps,
    place,
    repeats: false,
  }));
}

function readPredicate(reader: TokenReader, routes: readonly Route[]): Step {
  const { kind, text, at } = reader.token;
  if (kind === 'number') {
    reader.take();
    const position = Number(text);
    if (!Number.isInteger(position) || position < 1) reader.refuse('positions begin with 1');
    return { kind: 'index', index: { kind: 'literal', value: position - 1, at }, at };
  }
  if (text === 'last') {
    reader.take();
    reader.expect('(');
    reader.expect(')');
    return { kind: 'index', index: { kind: 'literal', value: -1, at }, at };
  }
  const entries = routes.map(({ place }): Route => ({ steps: [], place, repeats: false }));
  return { kind: 'filter', test: readTest(reader, entries), at };
}

function readTest(reader: TokenReader, entries: readonly Route[]): Test {
  return readJoined(reader, 'or', () => readJoined(reader, 'and', () => readOne(reader, entries)));
}

function readJoined(reader: TokenReader, kind: 'and' | 'or', read: () => Test): Test {
  const tests = [read()];
  while (reader.token.kind === 'name' && reader.token.text === kind) {
    reader.take();
    tests.push(read());
  }
  return tests.length === 1 ? tests[0]! : { kind, tests };
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  '=': '==',
  '!=': '!=',
  '<=': '<=',
  '>=': '>=',
  '<': '<',
  '>': '>',
};

function readOne(reader: TokenReader, entries: readonly Route[]): Test {
  return reader.nested(() => {
    if (reader.accept('(')) return inParentheses(reader, entries);
    if (reader.token.text === 'not') {
      reader.take();
      reader.expect('(');
      return { kind: 'not', test: inParentheses(reader, entries) };
    }
    const left = readRelative(reader, entries);
    const operator = reader.token.kind === 'sign' ? OPERATORS[reader.token.text] : undefined;
    if (operator === undefined) return { kind: 'exists', operand: left };
    reader.take();
    const { kind, text, at } = reader.take();
    if (kind !== 'number' && kind !== 'text')
      throw new ExpressionError('a quoted text or a number must stand here', at);
    return {
      kind: 'compare',
      operator,
      left,
      right: { kind: 'literal', value: text, at },
      isNumeric: kind === 'number',
    };
  });
}

function inParentheses(reader: TokenReader, entries: readonly Route[]): Test {
  const test = readTest(reader, entries);
  reader.expect(')');
  return test;
}

function readRelative(reader: TokenReader, entries: readonly Route[]): Expression {
  const current: Expression = { kind: 'name', name: '@', at: reader.token.at };
  if (reader.accept('.')) return toPath(current, entries);
  return toPath(current, readSteps(reader, readStep(reader, entries)));
}

/** The text of an element that has attributes too is a member of its own in JSON. */
function toPath(base: Expression, routes: readonly Route[]): Expression {
  const ways = routes.map(textOf).map(({ steps }) => steps);
  const [only] = ways;
  if (ways.length === 1 && only !== undefined)
    return only.length === 0 ? base : { kind: 'path', base, steps: only, at: base.at };
  return { kind: 'path', base, steps: [{ kind: 'ways', ways, at: base.at }], at: base.at };
}
