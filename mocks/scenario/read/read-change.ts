import { readExpression } from '../source/read-expression.ts';
import type { YamlNode } from '../source/yaml-node.ts';
import type { Change } from '../scenario.ts';
import { readTemplate, readText } from '../template/read-template.ts';
import { readWritten } from './read-condition.ts';

const KINDS = ['create', 'put', 'update', 'delete', 'machine'] as const;

/**
 * One entry of `change`: `create`, `put` or `delete` with a store's name, its `key` and, to write, the `record`; `update` with the members
 * to `set`; `machine` with the state to go `to`. `if`: only then.
 */
export function readChange(node: YamlNode): Change | undefined {
  const members = node.readMap([...KINDS, 'key', 'record', 'set', 'to', 'if']);
  const [kind, another] = KINDS.filter((name) => members.has(name));
  if (kind === undefined || another !== undefined) {
    node.fail(`must do one thing: ${KINDS.join(', ')}`);
    return undefined;
  }
  const onlyIf = readExpression(members.get('if'));
  const common = { node, ...(onlyIf && { onlyIf }) };
  const named = readWritten(members.get(kind));
  if (named === undefined) return undefined;
  if (kind === 'machine') {
    const to = readWritten(members.get('to') ?? noMember(node, kind, 'to'));
    return to && { ...common, kind: 'go', machine: named, to };
  }
  const key = members.get('key') ?? noMember(node, kind, 'key');
  if (key === undefined) return undefined;
  const keyed = { ...common, store: named, key: readText(key) };
  if (kind === 'delete') return { ...keyed, kind };
  const what = kind === 'update' ? 'set' : 'record';
  const record = members.get(what) ?? noMember(node, kind, what);
  return record && { ...keyed, kind, record: readTemplate(record) };
}

function noMember(node: YamlNode, kind: string, key: string): YamlNode | undefined {
  node.fail(`"${kind}" needs "${key}"`);
  return undefined;
}
