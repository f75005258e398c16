import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { ConfigProblem } from './config-problem.ts';
import { hasMarker, markTokens, substitute } from './substitute.ts';

/** Keys and indexes from the root of a document. */
export type KeyPath = readonly (string | number)[];

/** A configuration text as a value that remembers where everything stands. */
export interface YamlSource {
  readonly value: unknown;
  /** Dotted paths of the scalars that hold a substituted variable: their text becomes a number where one is expected. */
  readonly substituted: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
  problemAt(path: KeyPath, message: string, part?: 'key' | 'value'): ConfigProblem;
}

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
  const problems = document.errors.map((error) => at(error.pos[0], '', firstSentence(error.message)));
  const substituted = new Set<string>();
  visit(document, {
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
  return {
    value:
      problems.length > 0 && document.errors.length > 0
        ? undefined
        : (document.toJS({ maxAliasCount: 100 }) as unknown),
    substituted,
    problems,
    problemAt: (path, message, part = 'value') => at(offsetOf(document, path, part), path.join('.'), message),
  };
}

function firstSentence(message: string): string {
  return message.split('\n')[0] ?? message;
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
