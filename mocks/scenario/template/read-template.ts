import { parseAt, readExpression, type PlacedExpression } from '../source/read-expression.ts';
import type { YamlNode } from '../source/yaml-node.ts';
import type { Template } from './template.ts';

/** Reads JSON with templates in its texts. */
export function readTemplate(node: YamlNode): Template {
  if (node.isMap) return readObject(node);
  if (node.isList) return { kind: 'list', entries: node.readList().map(readTemplate), node };
  return node.isText ? readText(node) : { kind: 'constant', value: node.scalar ?? null, node };
}

function readObject(node: YamlNode): Template {
  const members = node.readMap();
  if (members.has('$each')) return readEach(node);
  return {
    kind: 'object',
    members: new Map(Array.from(members, ([name, value]) => [name, readTemplate(value)])),
    node,
  };
}

/** `{ $each: <expression>, $as: <name>, $give: <template> }` */
function readEach(node: YamlNode): Template {
  const members = node.readMap(['$each', '$as', '$give']);
  const values = readExpression(members.get('$each'));
  const as = members.get('$as')?.readText('a name') ?? 'entry';
  const give = members.get('$give');
  if (give === undefined) node.fail('"$each" needs "$give": what each entry becomes');
  if (values === undefined || give === undefined) return { kind: 'constant', value: null, node };
  return { kind: 'each', values, as, give: readTemplate(give), node };
}

/** A scalar's text with its templates. */
export function readText(node: YamlNode): Template {
  const text = node.text ?? '';
  const parts = splitText(node, text);
  const [only] = parts;
  if (parts.length === 0) return { kind: 'constant', value: '', node };
  if (parts.length === 1 && only !== undefined)
    return typeof only === 'string'
      ? { kind: 'constant', value: only, node }
      : { kind: 'value', expression: only, node };
  return { kind: 'text', parts, node };
}

function splitText(node: YamlNode, text: string): (string | PlacedExpression)[] {
  const parts: (string | PlacedExpression)[] = [];
  let done = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', done)) {
    const end = text.indexOf('}}', start);
    if (end < 0) {
      node.fail('"{{" without "}}"', start);
      break;
    }
    if (start > done) parts.push(text.slice(done, start));
    const inside = text.slice(start + 2, end);
    const lead = inside.length - inside.trimStart().length;
    const expression = parseAt(node, inside.trim(), start + 2 + lead);
    if (expression !== undefined) parts.push(expression);
    done = end + 2;
  }
  if (done < text.length) parts.push(text.slice(done));
  return parts;
}
