import { INPUT_NAMES } from '../expression/expression.ts';
import { readExpression } from '../source/read-expression.ts';
import type { YamlNode } from '../source/yaml-node.ts';
import type { Answer, Scenario } from '../scenario.ts';
import { readAnswer } from './read-answer.ts';
import { readChange } from './read-change.ts';
import { readCondition, readWritten } from './read-condition.ts';
import { readDelay } from './read-delay.ts';
import { readWire } from './read-wire.ts';

const KEYS = [
  'name',
  'operation',
  'port',
  'priority',
  'times',
  'let',
  'when',
  'change',
  'answer',
  'answers',
  'afterwards',
  'delayMilliseconds',
  'wire',
] as const;

/**
 * One entry of `scenarios`. Undefined, with a problem written down, for one without a name or an operation.
 * `given`: the name it has where it need not say it.
 */
export function readScenario(node: YamlNode, given?: string): Scenario | undefined {
  const members = node.readMap(KEYS);
  const at = (key: (typeof KEYS)[number]): YamlNode | undefined => members.get(key);
  const name = at('name')?.readText('a name') ?? given;
  const operation = readWritten(at('operation'));
  if (!at('name') && given === undefined) node.fail('"name" is missing');
  if (given !== undefined && name !== given) at('name')?.fail(`must be "${given}" or missing`);
  if (!at('operation')) node.fail('"operation" is missing; "*" is every one');
  const port = readWritten(at('port'));
  const times = at('times')?.readInteger(1, 1_000_000_000);
  const delay = readDelay(at('delayMilliseconds'));
  const wire = readWire(at('wire'));
  const rest = {
    node,
    priority: at('priority')?.readInteger(-1_000_000, 1_000_000) ?? 0,
    ...(times !== undefined && { times }),
    lets: readLets(at('let')),
    when: (at('when')?.readList() ?? []).flatMap((one) => readCondition(one) ?? []),
    change: (at('change')?.readList() ?? []).flatMap((one) => readChange(one) ?? []),
    answers: readAnswers(node, at('answer'), at('answers')),
    afterwards: at('afterwards')?.readOneOf(['last', 'cycle'] as const) ?? 'last',
    ...(delay && { delay }),
    ...(wire && { wire }),
  };
  if (name === undefined || operation === undefined) return undefined;
  return { name, operation, ...(port && { port }), ...rest };
}

function readLets(node: YamlNode | undefined): Scenario['lets'] {
  if (node === undefined) return [];
  return Array.from(node.readMap()).flatMap(([name, value]) => {
    const isName = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) && !INPUT_NAMES.has(name);
    if (!isName) value.fail(`"${name}" cannot be a name; take letters, digits, "_" and "-", and not "input"`);
    const expression = readExpression(value);
    return isName && expression ? [{ name, value: expression }] : [];
  });
}

function readAnswers(node: YamlNode, one: YamlNode | undefined, several: YamlNode | undefined): Answer[] {
  if (one !== undefined && several !== undefined) node.fail('has "answer" and "answers"; keep one of them');
  const entries = several?.readList() ?? (one ? [one] : []);
  if (several !== undefined && entries.length === 0) several.fail('must have at least one answer');
  return entries.flatMap((entry) => readAnswer(entry) ?? []);
}
