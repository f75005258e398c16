import { localName, scanTags } from '../scan-tags.ts';

/** An element as it stands in a text; the text need not be well formed. */
export interface TagNode {
  /** With its prefix. */
  readonly name: string;
  /** Offsets of its start tag, and of its end tag where it has one: of the `<` of each. */
  readonly start: number;
  end: number;
  readonly parent: TagNode | undefined;
  readonly children: TagNode[];
}

/** @returns a node around the root element, with the whole text as its extent. */
export function toTagTree(xml: string): TagNode {
  const top: TagNode = { name: '', start: 0, end: xml.length, parent: undefined, children: [] };
  let open = top;
  for (const { name, isEnd, isEmpty, start } of scanTags(xml)) {
    if (isEnd) {
      open.end = start;
      open = open.parent ?? top;
      continue;
    }
    const node: TagNode = { name, start, end: isEmpty ? start : xml.length, parent: open, children: [] };
    open.children.push(node);
    if (!isEmpty) open = node;
  }
  top.end = xml.length;
  return top;
}

/** The innermost element whose tags stand around the offset or at it, outermost first. */
export function chainAt(top: TagNode, offset: number): TagNode[] {
  const chain: TagNode[] = [];
  for (let inner = childAt(top, offset); inner !== undefined; inner = childAt(inner, offset))
    chain.push(inner);
  return chain;
}

function childAt({ children }: TagNode, offset: number): TagNode | undefined {
  return children.findLast(({ start, end }) => start <= offset && offset <= end);
}

/** The first elements with these local names, one inside the other, as far as there are such. */
export function chainOf(top: TagNode, locals: readonly string[]): TagNode[] {
  const chain: TagNode[] = [];
  let candidates: readonly TagNode[] = top.children;
  for (const local of locals) {
    const found = candidates.find(({ name }) => localName(name) === local);
    if (found === undefined) return chain;
    chain.push(found);
    candidates = found.children;
  }
  return chain;
}

/** One step of an XPath: the name as it is written, numbered among several of that name. */
export function stepOf(node: TagNode): string {
  const same = (node.parent?.children ?? []).filter(({ name }) => name === node.name);
  return same.length > 1 ? `${node.name}[${same.indexOf(node) + 1}]` : node.name;
}
