import { XSD_NAMESPACE } from '../qname.ts';
import { currentNamespace } from './old-namespaces.ts';

/** Offset of the first `<!` that begins neither a comment nor a CDATA section, or -1. What is not closed is the parser's to report. */
export function findDoctype(text: string): number {
  let at = text.indexOf('<!');
  while (at >= 0) {
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : undefined;
    if (end === undefined) return at;
    const close = text.indexOf(end, at + 4);
    at = close < 0 ? -1 : text.indexOf('<!', close + end.length);
  }
  return -1;
}

/**
 * The text of a schema with its document type declaration blanked out, so that no line or column moves; any other text as
 * it is. The W3C's own schemas have such declarations (xmldsig, xenc). Nothing in one is read: an entity that it declares
 * stays undeclared, and a reference to it is an error where it stands.
 */
export function withoutSchemaDoctype(text: string): string {
  const start = findDoctype(text);
  if (start < 0 || !text.startsWith('<!DOCTYPE', start)) return text;
  const end = endOfDoctype(text, start);
  if (end < 0 || !isSchema(text, end)) return text;
  const blank = text.slice(start, end).replace(/[^\n]/g, ' ');
  return text.slice(0, start) + blank + text.slice(end);
}

/**
 * What a declaration is made of that may hold a `>` or `]` that does not close it (XML 1.0, 2.8): literals, comments,
 * processing instructions. Each alternative ends at its first possible end, so a scan is linear.
 */
const PIECE = /"[^"]*"|'[^']*'|<!--|<\?|[[\]<>]/g;

/** Offset after the `>` that closes the declaration at `start`, or -1. */
function endOfDoctype(text: string, start: number): number {
  const pieces = new RegExp(PIECE);
  pieces.lastIndex = start + '<!DOCTYPE'.length;
  let depth = 1;
  let subsets = 0;
  for (let piece = pieces.exec(text); piece; piece = pieces.exec(text)) {
    const [found] = piece;
    if (found === '<!--' || found === '<?') {
      const close = found === '<?' ? '?>' : '-->';
      const end = text.indexOf(close, pieces.lastIndex);
      if (end < 0) return -1;
      pieces.lastIndex = end + close.length;
    } else if (found === '[') subsets++;
    else if (found === ']') subsets--;
    else if (found === '<') depth++;
    else if (found === '>' && --depth === 0) return subsets === 0 ? pieces.lastIndex : -1;
  }
  return -1;
}

const LONGEST_START_TAG = 64 * 1024;

/** Whether the element that follows is xs:schema, by its tag alone. */
function isSchema(text: string, from: number): boolean {
  const after = text.slice(from, from + LONGEST_START_TAG).replace(/^(?:\s+|<!--[^]*?-->|<\?[^]*?\?>)*/, '');
  const tag = /^<(?:([^\s:<>/]+):)?schema(?=[\s>])([^<>]*)>/.exec(after);
  if (!tag) return false;
  const [, prefix, attributes = ''] = tag;
  return [...attributes.matchAll(/(?:^|\s)xmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].some(
    ([, declared, double, single]) =>
      declared === prefix && currentNamespace(double ?? single ?? '') === XSD_NAMESPACE,
  );
}
