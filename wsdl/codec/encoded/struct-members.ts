import type { ModelGroup, ModelLeaf } from '../decode/content-model.ts';
import type { EncodedElement } from './body-tree.ts';

/** A child with its declaration; without a child, one that the message leaves out and that is null. */
export type StructMember =
  | { readonly child: EncodedElement; readonly leaf: ModelLeaf | undefined }
  | { readonly child: undefined; readonly leaf: ModelLeaf };

/**
 * The accessors of a struct as the decoder expects them. They are known by name alone (SOAP 1.1, 5.4.1): whatever their order and
 * whether qualified or not; one that is null may be missing.
 */
export function structMembers(root: ModelGroup, children: readonly EncodedElement[]): StructMember[] {
  const find = finderOf(root);
  const members = children.map((child): StructMember => ({ child, leaf: find(child) }));
  if (!isPlain(root)) return members;
  return root.kind === 'sequence' ? inOrder(root, members) : [...members, ...missing(root, members)];
}

/** Whether a struct has an accessor of the child's name. */
export function isMember(root: ModelGroup, child: EncodedElement): boolean {
  return finderOf(root)(child) !== undefined;
}

/** In the answer of a call the names of parts do not matter (SOAP 1.1, 7.1): those that are not known are taken by their order. */
export function answerMembers(root: ModelGroup, children: readonly EncodedElement[]): StructMember[] {
  const find = finderOf(root);
  const known = children.map((child) => find(child));
  const free = leavesOf(root).filter((leaf) => !known.includes(leaf));
  const nameless = known.filter((leaf) => leaf === undefined).length;
  if (nameless === 0 || nameless > free.length) return structMembers(root, children);
  const members = children.map((child, index): StructMember => ({
    child,
    leaf: known[index] ?? free.shift(),
  }));
  return [...members, ...missing(root, members)];
}

type Finder = (child: EncodedElement) => ModelLeaf | undefined;

const finders = new WeakMap<ModelGroup, Finder>();

/** By name; where only one declaration has the local name, in any namespace. */
function finderOf(root: ModelGroup): Finder {
  const finder = finders.get(root) ?? createFinder(root);
  finders.set(root, finder);
  return finder;
}

function createFinder(root: ModelGroup): Finder {
  const byKey = new Map<string, ModelLeaf>();
  const byLocal = new Map<string, ModelLeaf | undefined>();
  for (const leaf of leavesOf(root)) {
    if (!leaf.slot) continue;
    const { key, local } = leaf.slot;
    if (byKey.has(key)) continue;
    byKey.set(key, leaf);
    byLocal.set(local, byLocal.has(local) ? undefined : leaf);
  }
  return ({ name }) => byKey.get(name.key) ?? byLocal.get(name.local);
}

function leavesOf(group: ModelGroup): ModelLeaf[] {
  return group.children.flatMap((child) => (child.kind === 'leaf' ? [child] : leavesOf(child)));
}

/** Nothing but elements, each declared once: then order tells nothing. */
function isPlain({ kind, repeats, children }: ModelGroup): boolean {
  if (kind === 'choice' || repeats) return false;
  const keys = children.map((child) => (child.kind === 'leaf' ? child.slot?.key : undefined));
  return !keys.includes(undefined) && new Set(keys).size === keys.length;
}

/** What is not known comes last: the decoder refuses it. */
function inOrder(root: ModelGroup, members: readonly StructMember[]): StructMember[] {
  const byLeaf = new Map<ModelLeaf | undefined, StructMember[]>();
  for (const member of members) {
    const same = byLeaf.get(member.leaf);
    if (same) same.push(member);
    else byLeaf.set(member.leaf, [member]);
  }
  const ordered = leavesOf(root).flatMap((leaf) => byLeaf.get(leaf) ?? nullOf(leaf));
  return [...ordered, ...(byLeaf.get(undefined) ?? [])];
}

function missing(root: ModelGroup, members: readonly StructMember[]): StructMember[] {
  const present = new Set(members.map(({ leaf }) => leaf));
  return leavesOf(root).flatMap((leaf) => (present.has(leaf) ? [] : nullOf(leaf)));
}

/** An abstract type has no null: it would have to be named. */
function nullOf(leaf: ModelLeaf): StructMember[] {
  if (leaf.min === 0 || leaf.slot?.nillable !== true) return [];
  const { type } = leaf.slot;
  return type.kind === 'complex' && type.definition.abstract ? [] : [{ child: undefined, leaf }];
}
