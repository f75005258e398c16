import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { ConfigProblem, KeyPath, ProblemAt } from './config-problem.ts';
import { hasMarker, markTokens, substitute } from './substitute.ts';

/** A configuration text as a value that remembers where everything stands. */
export interface YamlSource {
  readonly value: unknown;
  /** Dotted paths of the scalars that hold a substituted variable: their text becomes a number where one is expected. */
  readonly substituted: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
  readonly problemAt: ProblemAt;
}

const MOST_ALIASES = 100;

export function readYaml(
  file: string,
  source: string,
  env: Readonly<Record<string, string | undefined>>,
): YamlSource {
  const { text, tokens } = markTokens(source);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number, key: string, message: string): ConfigProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, key, message };
  };
  const problems = document.errors.map((error) => at(error.pos[0], '', describeYamlError(error)));
  const substituted = new Set<string>();
  let isSound = document.errors.length === 0;
  visit(document, {
    Alias(_key, node, ancestors) {
      const fault = aliasFault(node, document, ancestors);
      if (fault === undefined) return;
      isSound = false;
      problems.push(at(node.range?.[0] ?? 0, '', fault));
    },
    Scalar(key, node, ancestors) {
      if (typeof node.value !== 'string') return;
      const path = pathOf([...ancestors, node] as Node[]);
      const fault = (message: string): void => void problems.push(at(node.range?.[0] ?? 0, path, message));
      if (key === 'key' && hasMarker(node.value))
        fault('a variable cannot stand in a key; write the key out');
      if (node.value.includes('${'))
        fault('"${" starts no variable here; write ${NAME} or ${NAME:-default}, or $${ for a literal "${"');
      if (!hasMarker(node.value)) return;
      node.value = substitute(node.value, tokens, env, (name) => {
        fault(`environment variable ${name} is not set; set it, or give a default: \${${name}:-default}`);
      });
      substituted.add(path);
    },
  });
  const value = isSound
    ? toValue(document, () => problems.push(at(0, '', 'has too many aliases')))
    : undefined;
  return {
    value,
    substituted,
    problems,
    problemAt: (path, message, part = 'value') => at(offsetOf(document, path, part), path.join('.'), message),
  };
}

function describeYamlError({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; the file has one: remove "---"';
  return message.split('\n')[0] ?? message;
}

/** An alias that stands for nothing, or for what it is itself a part of. */
function aliasFault(alias: Alias, document: Document, ancestors: readonly unknown[]): string | undefined {
  const target = alias.resolve(document);
  if (target === undefined) return `there is no anchor "&${alias.source}" before this alias`;
  return ancestors.includes(target)
    ? `this alias stands inside its own anchor "&${alias.source}"`
    : undefined;
}

/** Aliases of aliases can stand for more than the memory holds: the parser counts them, and throws. */
function toValue(document: Document, onTooManyAliases: () => void): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    onTooManyAliases();
    return undefined;
  }
}

/** Dotted path from the chain of nodes that `visit` gives. */
function pathOf(chain: readonly (Node | Pair | Document)[]): string {
  const keys: string[] = [];
  for (const [index, node] of chain.entries()) {
    const next = chain[index + 1];
    if (isSeq(node)) keys.push(String(node.items.indexOf(next)));
    if ('key' in node && isScalar(node.key)) keys.push(String(node.key.value));
  }
  return keys.join('.');
}

/** Where the value at `path`, or its key, begins; the nearest one above that exists. */
function offsetOf(document: Document, path: KeyPath, part: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    const keyOffset = pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    const valueOffset = (document.getIn(path.slice(0, length), true) as Node | undefined)?.range?.[0];
    const offset =
      part === 'key' || length < path.length ? (keyOffset ?? valueOffset) : (valueOffset ?? keyOffset);
    if (offset !== undefined) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}
