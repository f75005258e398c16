import type { QName } from '../../qname.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { ModelGroup, ModelLeaf, ModelNode } from './content-model.ts';
import type { ModelCursor } from './model-cursor.ts';

const MOST_NAMED = 5;
const NOTHING: QName = { namespace: '', local: '' };

/** The names a particle can begin with, for a message: `<a>`, `<b> or any element`. */
export function describeNode(node: ModelNode): string {
  return describe(node.kind === 'leaf' ? [node] : node.first());
}

/** `<a> in namespace "urn:a"` */
export function describeName({ namespace, local }: QName): string {
  return `<${shownName(local)}> in ${namespace === '' ? 'no namespace' : `namespace "${shownName(namespace)}"`}`;
}

/** As short as tells it from what came instead: the namespace is only said where it is all that differs. */
export function describeUnlike(name: QName, came: QName): string {
  return name.local === came.local ? describeName(name) : `<${shownName(name.local)}>`;
}

/** What could have come next in place of what `came`: `<a> or <b>`, `no more elements`. */
export function describeExpected({ leaf, root }: ModelCursor, came: QName): string {
  if (leaf === undefined) return describe(root.first(), came);
  const leaves = leaf.repeats ? [leaf] : [];
  for (let node: ModelNode = leaf; node.parent !== undefined; node = node.parent) {
    if (!collectBehind(node, node.parent, leaves)) break;
  }
  return describe(leaves, came);
}

/** @returns false if something required ends the search. */
function collectBehind(node: ModelNode, group: ModelGroup, leaves: ModelLeaf[]): boolean {
  if (group.kind === 'sequence') {
    for (const sibling of group.children.slice(node.index + 1)) {
      leaves.push(...firstOf(sibling));
      if (!sibling.nullable) return false;
    }
  }
  if (group.kind === 'all') leaves.push(...group.children.filter((child) => child !== node).flatMap(firstOf));
  if (group.repeats) leaves.push(...group.first());
  return true;
}

function firstOf(node: ModelNode): readonly ModelLeaf[] {
  return node.kind === 'leaf' ? [node] : node.first();
}

function describe(leaves: readonly ModelLeaf[], came: QName = NOTHING): string {
  const names = [
    ...new Set(leaves.map(({ slot }) => (slot ? describeUnlike(slot.name, came) : 'any element'))),
  ];
  if (names.length === 0) return 'no more elements';
  const shown = names.slice(0, MOST_NAMED).join(' or ');
  return names.length > MOST_NAMED ? `${shown} or ${names.length - MOST_NAMED} others` : shown;
}

/** Whether the model has a declaration for the element anywhere. */
export function knowsElement(group: ModelGroup, key: string): boolean {
  return group.children.some((child) =>
    child.kind === 'leaf' ? child.key === key : knowsElement(child, key),
  );
}
