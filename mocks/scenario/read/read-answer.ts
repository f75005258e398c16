import type { YamlNode } from '../source/yaml-node.ts';
import type { Answer, AnswerBody } from '../scenario.ts';
import { readTemplate, readText } from '../template/read-template.ts';
import { readWritten } from './read-condition.ts';
import { readDelay } from './read-delay.ts';
import { readWire } from './read-wire.ts';

const BODIES = ['output', 'xml', 'fault', 'sample'] as const;

/** `answer`: one of `output`, `xml`, `fault`, or `sample: true`; and how it is sent. */
export function readAnswer(node: YamlNode): Answer | undefined {
  const members = node.readMap([...BODIES, 'delayMilliseconds', 'wire']);
  const [kind, another] = BODIES.filter((name) => members.has(name));
  if (another !== undefined) {
    node.fail(`must have one of ${BODIES.join(', ')}`);
    return undefined;
  }
  if (kind === undefined && !members.has('wire') && !members.has('delayMilliseconds')) {
    node.fail(`must have one of ${BODIES.join(', ')}`);
    return undefined;
  }
  const body = kind && readBody(kind, members.get(kind)!);
  const delay = readDelay(members.get('delayMilliseconds'));
  const wire = readWire(members.get('wire'));
  return { node, ...(body && { body }), ...(delay && { delay }), ...(wire && { wire }) };
}

function readBody(kind: (typeof BODIES)[number], node: YamlNode): AnswerBody | undefined {
  switch (kind) {
    case 'output':
      return { kind, output: readTemplate(node) };
    case 'xml':
      return node.readText('XML') === undefined ? undefined : { kind, xml: readText(node) };
    case 'fault':
      return readFault(node);
    case 'sample':
      if (node.scalar !== true) node.fail('must be true');
      return undefined;
  }
}

function readFault(node: YamlNode): AnswerBody | undefined {
  const members = node.readMap(['name', 'reason', 'detail', 'category']);
  const name = members.has('name') ? readWritten(members.get('name')) : undefined;
  const reason = members.get('reason');
  const detail = members.get('detail');
  if (reason?.text === undefined) {
    node.fail('a fault needs a "reason", a text');
    return undefined;
  }
  if (detail !== undefined && name === undefined)
    detail.fail('a fault without a name has no detail; name the declared fault');
  return {
    kind: 'fault',
    ...(name && { name }),
    reason: readText(reason),
    ...(detail && { detail: readTemplate(detail) }),
    category: members.get('category')?.readOneOf(['Sender', 'Receiver'] as const) ?? 'Sender',
  };
}
