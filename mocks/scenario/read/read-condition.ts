import { createMatcher, translatePattern } from '../../../wsdl/index.ts';
import { readExpression } from '../source/read-expression.ts';
import type { YamlNode } from '../source/yaml-node.ts';
import { COMPARISONS, type Condition, type Subject, type ValueMatcher, type Written } from '../scenario.ts';
import { readTemplate, readText } from '../template/read-template.ts';

const SUBJECTS = ['path', 'value', 'header', 'store', 'machine', 'calls'] as const;
const MATCHERS = [...COMPARISONS, 'oneOf', 'matches', 'exists'] as const;

type Members = ReadonlyMap<string, YamlNode>;

/** One entry of `when`: what is looked at, and how it must be. Without the latter it must be there. */
export function readCondition(node: YamlNode): Condition | undefined {
  const members = node.readMap([...SUBJECTS, 'key', ...MATCHERS]);
  const [name, another] = SUBJECTS.filter((subject) => members.has(subject));
  if (name === undefined || another !== undefined) {
    node.fail(`must look at one thing: ${SUBJECTS.join(', ')}`);
    return undefined;
  }
  const subject = readSubject(name, members.get(name)!, members);
  const matchers = MATCHERS.flatMap((kind) => {
    const value = members.get(kind);
    return value === undefined ? [] : (readMatcher(kind, value) ?? []);
  });
  if (subject === undefined) return undefined;
  return {
    node,
    subject,
    matchers: [
      ...implied(name, members.get(name)!),
      ...matchers,
      ...(matchers.length === 0 ? exists(name) : []),
    ],
  };
}

function exists(name: (typeof SUBJECTS)[number]): ValueMatcher[] {
  return name === 'calls' ? [] : [{ kind: 'exists', expected: true }];
}

function readSubject(name: (typeof SUBJECTS)[number], node: YamlNode, members: Members): Subject | undefined {
  if (name !== 'store' && members.has('key')) members.get('key')?.fail('only "store" has a key');
  switch (name) {
    case 'path': {
      const text = node.readText('a JSON path such as $.name, or an XPath such as /Element/Name');
      return text === undefined ? undefined : { kind: 'path', text, node };
    }
    case 'value': {
      const value = readExpression(node);
      return value && { kind: 'value', value };
    }
    case 'header': {
      const header = node.readText('the name of a header field');
      return header === undefined ? undefined : { kind: 'header', name: header.toLowerCase() };
    }
    case 'store': {
      const store = readWritten(node);
      const key = members.get('key');
      if (key === undefined) {
        node.fail('"store" needs "key": which record');
        return undefined;
      }
      return store && { kind: 'store', store, key: readText(key) };
    }
    case 'machine': {
      const machine = readWritten(node);
      return machine && { kind: 'machine', machine };
    }
    case 'calls':
      return { kind: 'calls' };
  }
}

/** `calls: 3` and `calls: { from: 2, to: 4 }` say at once how many. */
function implied(name: string, node: YamlNode): ValueMatcher[] {
  if (name !== 'calls') return [];
  const atLeast = (value: YamlNode): ValueMatcher => ({
    kind: 'compare',
    by: 'atLeast',
    expected: readText(value),
  });
  const atMost = (value: YamlNode): ValueMatcher => ({
    kind: 'compare',
    by: 'atMost',
    expected: readText(value),
  });
  if (!node.isMap)
    return node.readInteger(1, 1_000_000_000) === undefined ? [] : [atLeast(node), atMost(node)];
  const members = node.readMap(['from', 'to']);
  const bounds = ['from', 'to'].map((bound) => members.get(bound));
  for (const bound of bounds) bound?.readInteger(1, 1_000_000_000);
  return [...(bounds[0] ? [atLeast(bounds[0])] : []), ...(bounds[1] ? [atMost(bounds[1])] : [])];
}

function readMatcher(kind: (typeof MATCHERS)[number], node: YamlNode): ValueMatcher | undefined {
  switch (kind) {
    case 'exists': {
      const expected = node.readBoolean();
      return expected === undefined ? undefined : { kind, expected };
    }
    case 'oneOf':
      return { kind, expected: node.readList().map(readTemplate) };
    case 'matches':
      return readPattern(node);
    case 'equals':
    case 'not':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'equalsNumber':
    case 'lessThan':
    case 'atMost':
    case 'moreThan':
    case 'atLeast':
      return {
        kind: 'compare',
        by: kind,
        expected: node.isMap || node.isList ? readTemplate(node) : readText(node),
      };
  }
}

/** XML Schema's regular expressions: for the whole text, and in bounded time. */
function readPattern(node: YamlNode): ValueMatcher | undefined {
  const pattern = node.readText('a regular expression');
  if (pattern === undefined) return undefined;
  const translated = translatePattern(pattern);
  if ('reason' in translated) {
    node.fail(
      `is no regular expression of XML Schema, which is for the whole text and has no ^ or $: ${translated.reason}`,
    );
    return undefined;
  }
  return { kind: 'matches', pattern, matcher: createMatcher(translated) };
}

export function readWritten(node: YamlNode | undefined): Written | undefined {
  const text = node?.readText('a name');
  return node === undefined || text === undefined ? undefined : { text, node };
}
