import type { ExpandedName } from '../../xml/names.ts';
import type { ModelGroup, ModelLeaf, ModelNode } from './content-model.ts';
import type { JsonWriter } from './json-writer.ts';

/**
 * Where an element stands in its content model. To take a child it tries the current leaf again, then climbs: the later
 * siblings in a sequence, the unused members of an `all`, another occurrence of a repeating group. Moving writes the
 * JSON structure around values: arrays of repeated elements and the objects of repeating groups.
 */
export class ModelCursor {
  /** The last child taken. */
  leaf: ModelLeaf | undefined;
  /** The required particle that stood in the way when `advance` found nothing or `finish` failed. */
  missing: ModelNode | undefined;
  root!: ModelGroup;
  #count = 0;
  /** Occurrences of the groups around the leaf, by depth. */
  readonly #occurrences: number[] = [];
  /** Members of `all` groups that have come. */
  readonly #used = new Set<ModelNode>();
  #bare = false;
  #target!: ModelLeaf;
  /** The innermost group that stays open in the move; undefined for the first move. */
  #pivot: ModelGroup | undefined;
  #again = false;
  #repeat = false;

  /** @param bare the JSON is the array of the only leaf, without a member around it (an unwrapped type). */
  start(root: ModelGroup, bare: boolean): void {
    this.root = root;
    this.leaf = undefined;
    this.#count = 0;
    this.#bare = bare;
    if (this.#used.size > 0) this.#used.clear();
  }

  /** @returns the leaf that takes the child; the writer then stands where its value goes. Element declarations come before wildcards. */
  advance(name: ExpandedName, writer: JsonWriter): ModelLeaf | undefined {
    if (!this.#find(name, false)) {
      const { missing } = this;
      if (!this.root.hasWildcard || !this.#find(name, true)) {
        this.missing = missing;
        return undefined;
      }
    }
    if (this.#again) this.#count += 1;
    else this.#move(writer);
    return this.leaf;
  }

  /** The content has ended. @returns false if a particle is `missing`. */
  finish(writer: JsonWriter): boolean {
    this.missing = undefined;
    if (this.leaf === undefined) return this.#finishEmpty(writer);
    if (this.#count < this.leaf.min) return this.#misses(this.leaf);
    this.#closeLeaf(writer);
    for (let node: ModelNode = this.leaf; node.parent !== undefined; node = node.parent) {
      const missing = this.#missingBehind(node);
      if (missing !== undefined) return this.#misses(missing);
      this.#closeGroup(node.parent, node, writer);
    }
    return true;
  }

  #finishEmpty(writer: JsonWriter): boolean {
    if (!this.root.nullable) return this.#misses(this.root);
    if (!this.#bare) for (const member of this.root.always) writeEmptyArray(member, writer);
    return true;
  }

  #misses(node: ModelNode): false {
    this.missing = node;
    return false;
  }

  #find(name: ExpandedName, wildcard: boolean): boolean {
    const { leaf } = this;
    this.missing = undefined;
    this.#again = false;
    this.#repeat = false;
    if (leaf === undefined) return this.#findFirst(name, wildcard);
    if (this.#count < leaf.max && match(leaf, name, wildcard) !== undefined) {
      const isEnough = leaf.isOwing && this.#count >= leaf.min;
      this.#again = !isEnough || !this.#findOwed(leaf, name, wildcard);
      return true;
    }
    if (this.#count < leaf.min) return this.#misses(leaf);
    for (let node: ModelNode = leaf; node.parent !== undefined; node = node.parent) {
      if (this.#findBehind(node, node.parent, name, wildcard)) return true;
      if (this.#isBlocked()) return false;
    }
    return false;
  }

  /**
   * `(a+){2}`: node could take the child as another occurrence of its own, but a group around it still owes one, which the
   * child can begin. Nothing tells where occurrences part, so each is kept short until there are enough of them.
   */
  #findOwed(from: ModelNode, name: ExpandedName, wildcard: boolean): boolean {
    for (let node = from; node.parent !== undefined; node = node.parent) {
      const group = node.parent;
      if (group.kind === 'all' || hasMoreBehind(node, group)) return false;
      if (group.contentNullable || this.#occurrences[group.depth]! >= group.min) continue;
      const target = match(group, name, wildcard);
      if (target !== undefined) return (this.#repeat = this.#found(target, group));
    }
    return false;
  }

  /** A required particle was found missing in the search. */
  #isBlocked(): boolean {
    return this.missing !== undefined;
  }

  #findFirst(name: ExpandedName, wildcard: boolean): boolean {
    const target = match(this.root, name, wildcard);
    if (target === undefined) return this.root.nullable ? false : this.#misses(this.root);
    return this.#found(target, undefined);
  }

  #found(target: ModelLeaf, pivot: ModelGroup | undefined): true {
    this.#target = target;
    this.#pivot = pivot;
    return true;
  }

  #findBehind(node: ModelNode, group: ModelGroup, name: ExpandedName, wildcard: boolean): boolean {
    if (group.kind === 'sequence') {
      for (let i = node.index + 1; i < group.children.length; i++) {
        const target = match(group.children[i]!, name, wildcard);
        if (target !== undefined) return this.#found(target, group);
        if (!group.children[i]!.nullable) return this.#misses(group.children[i]!);
      }
    } else if (group.kind === 'all') {
      const target = this.#findUnused(group, name, wildcard);
      if (target !== undefined) return this.#found(target, group);
    }
    return this.#findRepetition(node, group, name, wildcard);
  }

  #findUnused(group: ModelGroup, name: ExpandedName, wildcard: boolean): ModelLeaf | undefined {
    for (const child of group.children) {
      const target = this.#used.has(child) ? undefined : match(child, name, wildcard);
      if (target !== undefined) return target;
    }
    return undefined;
  }

  #findRepetition(node: ModelNode, group: ModelGroup, name: ExpandedName, wildcard: boolean): boolean {
    const missing = group.kind === 'all' ? this.#missingBehind(node) : undefined;
    if (missing !== undefined) return this.#misses(missing);
    const occurrences = this.#occurrences[group.depth]!;
    if (occurrences < group.max) {
      if (group.isOwing && occurrences >= group.min && this.#findOwed(group, name, wildcard)) return true;
      const target = match(group, name, wildcard);
      if (target !== undefined) return (this.#repeat = this.#found(target, group));
    }
    if (occurrences < group.min && !group.contentNullable) return this.#misses(group);
    return false;
  }

  /** What the group around `node` still requires when nothing more comes. */
  #missingBehind(node: ModelNode): ModelNode | undefined {
    const group = node.parent!;
    if (group.kind === 'sequence') {
      const { children } = group;
      for (let i = node.index + 1; i < children.length; i++) if (!children[i]!.nullable) return children[i];
    } else if (group.kind === 'all') {
      const missing = group.children.find((child) => !child.nullable && !this.#used.has(child));
      if (missing !== undefined) return missing;
    }
    return this.#occurrences[group.depth]! < group.min && !group.contentNullable ? group : undefined;
  }

  #move(writer: JsonWriter): void {
    const pivot = this.#pivot;
    if (pivot === undefined) this.#enter(this.root, writer);
    else {
      const from = this.#climbTo(pivot, writer);
      const to = childTowards(this.#target, pivot);
      if (this.#repeat) this.#beginAgain(pivot, from, writer);
      this.#pass(pivot, this.#repeat ? -1 : from.index, to.index, writer);
      if (pivot.kind === 'all') this.#used.add(to);
      this.#descend(to, writer);
    }
    this.leaf = this.#target;
    this.#count = 1;
    this.#openLeaf(writer);
  }

  /** @returns the child of the pivot that was left. */
  #climbTo(pivot: ModelGroup, writer: JsonWriter): ModelNode {
    this.#closeLeaf(writer);
    let node: ModelNode = this.leaf!;
    while (node.parent !== pivot) {
      this.#closeGroup(node.parent!, node, writer);
      node = node.parent!;
    }
    return node;
  }

  #beginAgain(group: ModelGroup, from: ModelNode, writer: JsonWriter): void {
    this.#pass(group, from.index, group.children.length, writer);
    writer.close('}');
    writer.open('{');
    this.#occurrences[group.depth]! += 1;
    if (group.kind === 'all') for (const child of group.children) this.#used.delete(child);
  }

  #descend(node: ModelNode, writer: JsonWriter): void {
    if (node.kind !== 'leaf') this.#enter(node, writer);
  }

  /** Opens the groups from `group` down to the target. */
  #enter(group: ModelGroup, writer: JsonWriter): void {
    for (let inner: ModelNode = group; inner.kind !== 'leaf'; inner = childTowards(this.#target, inner)) {
      const next = childTowards(this.#target, inner);
      this.#openGroup(inner, writer);
      this.#pass(inner, -1, next.index, writer);
      if (inner.kind === 'all') this.#used.add(next);
    }
  }

  #openGroup(group: ModelGroup, writer: JsonWriter): void {
    this.#occurrences[group.depth] = 1;
    if (group.kind === 'all') for (const child of group.children) this.#used.delete(child);
    if (!group.repeats) return;
    writer.member(group.member);
    writer.open('[');
    writer.open('{');
  }

  #closeGroup(group: ModelGroup, from: ModelNode, writer: JsonWriter): void {
    this.#pass(group, from.index, group.children.length, writer);
    if (!group.repeats) return;
    writer.close('}');
    writer.close(']');
  }

  #openLeaf(writer: JsonWriter): void {
    if (this.#bare) return;
    writer.member(this.#target.member);
    if (this.#target.repeats) writer.open('[');
  }

  #closeLeaf(writer: JsonWriter): void {
    if (this.leaf!.repeats && !this.#bare) writer.close(']');
  }

  /** Writes the arrays that are always there, for the children strictly between two places. */
  #pass(group: ModelGroup, from: number, to: number, writer: JsonWriter): void {
    if (group.kind === 'choice' || this.#bare) return;
    for (let i = from + 1; i < to; i++) {
      const { always } = group.children[i]!;
      for (let j = 0; j < always.length; j++) writeEmptyArray(always[j]!, writer);
    }
  }
}

function match(node: ModelNode, name: ExpandedName, wildcard: boolean): ModelLeaf | undefined {
  return wildcard ? node.matchWildcard(name.namespace) : node.match(name.key);
}

/** Whether the sequence requires something behind the node. */
function hasMoreBehind(node: ModelNode, { kind, children }: ModelGroup): boolean {
  return kind === 'sequence' && children.some((child) => child.index > node.index && !child.nullable);
}

/** The child of `group` that is or contains `leaf`. */
function childTowards(leaf: ModelLeaf, group: ModelGroup): ModelNode {
  let node: ModelNode = leaf;
  while (node.parent !== group) node = node.parent!;
  return node;
}

function writeEmptyArray(member: string, writer: JsonWriter): void {
  writer.member(member);
  writer.value('[]');
}
