import { allowsNamespace } from '../../namespace-constraint.ts';
import type {
  ElementParticle,
  GroupParticle,
  MaxOccurs,
  NamespaceConstraint,
  Particle,
  WildcardParticle,
} from '../../contract.ts';
import type { ElementSlot } from './element-slot.ts';
import { memberText } from './json-writer.ts';

/** A particle of a content model, linked to its group so that a cursor can move without recursion. */
export type ModelNode = ModelLeaf | ModelGroup;

interface Place {
  readonly parent: ModelGroup | undefined;
  readonly index: number;
}

/** An element declaration or a wildcard. */
export class ModelLeaf {
  readonly kind = 'leaf';
  readonly parent: ModelGroup | undefined;
  readonly index: number;
  readonly min: number;
  readonly max: number;
  readonly nullable: boolean;
  /** More than one may occur: the JSON member is an array. */
  readonly repeats: boolean;
  readonly member: string;
  /** Members that must be written, as `[]`, where this is passed over. */
  readonly always: readonly string[];
  /** '' for a wildcard. */
  readonly key: string;
  readonly slot: ElementSlot | undefined;
  readonly wildcard: WildcardParticle | undefined;
  readonly namespaces: NamespaceConstraint | undefined;
  /** It repeats within a group that must repeat: one run of it may be several occurrences of the group. */
  readonly isOwing: boolean;

  constructor(particle: ElementParticle | WildcardParticle, place: Place, slot: ElementSlot | undefined) {
    this.parent = place.parent;
    this.index = place.index;
    this.min = particle.min;
    this.max = limitOf(particle.max);
    this.nullable = particle.min === 0;
    this.repeats = this.max > 1;
    this.member = memberText(particle.jsonName);
    this.always = particle.always === true ? [this.member] : [];
    this.key = slot?.key ?? '';
    this.slot = slot;
    this.wildcard = particle.kind === 'any' ? particle : undefined;
    this.namespaces = this.wildcard?.namespaces;
    this.isOwing = this.repeats && place.parent?.isOwing === true;
  }

  /** The element leaf that a name of this key can begin with. */
  match(key: string): ModelLeaf | undefined {
    return this.key === key ? this : undefined;
  }

  matchWildcard(namespace: string): ModelLeaf | undefined {
    return this.namespaces !== undefined && allowsNamespace(this.namespaces, namespace) ? this : undefined;
  }
}

export class ModelGroup {
  readonly kind: GroupParticle['kind'];
  readonly parent: ModelGroup | undefined;
  readonly index: number;
  /** Groups around it. */
  readonly depth: number;
  readonly min: number;
  readonly max: number;
  readonly children: readonly ModelNode[];
  /** One occurrence may be without any element. */
  readonly contentNullable: boolean;
  readonly nullable: boolean;
  readonly repeats: boolean;
  readonly member: string;
  readonly always: readonly string[];
  readonly hasWildcard: boolean;
  /** It, or a group around it, must repeat. */
  readonly isOwing: boolean;
  readonly #first = new Map<string, ModelLeaf>();
  readonly #firstWildcards: ModelLeaf[] = [];

  constructor(particle: GroupParticle, place: Place, slotOf: (particle: ElementParticle) => ElementSlot) {
    this.kind = particle.kind;
    this.parent = place.parent;
    this.index = place.index;
    this.depth = place.parent === undefined ? 0 : place.parent.depth + 1;
    this.min = particle.min;
    this.max = limitOf(particle.max);
    this.repeats = this.max > 1;
    this.member = memberText(particle.jsonName ?? '');
    this.isOwing = this.min > 1 || place.parent?.isOwing === true;
    this.children = particle.particles.map((child, index) =>
      modelNode(child, { parent: this, index }, slotOf),
    );
    this.contentNullable = this.#isContentNullable();
    this.nullable = particle.min === 0 || this.contentNullable;
    this.always =
      this.repeats || this.kind === 'choice' ? [] : this.children.flatMap((child) => child.always);
    this.hasWildcard = this.children.some((child) =>
      child.kind === 'leaf' ? child.namespaces !== undefined : child.hasWildcard,
    );
    this.#collectFirst();
  }

  match(key: string): ModelLeaf | undefined {
    return this.#first.get(key);
  }

  matchWildcard(namespace: string): ModelLeaf | undefined {
    return this.#firstWildcards.find((leaf) => leaf.matchWildcard(namespace));
  }

  /** Every leaf that an occurrence can begin with. */
  first(): readonly ModelLeaf[] {
    return [...this.#first.values(), ...this.#firstWildcards];
  }

  #isContentNullable(): boolean {
    const { children } = this;
    if (this.kind === 'choice') return children.length === 0 || children.some((child) => child.nullable);
    return children.every((child) => child.nullable);
  }

  #collectFirst(): void {
    for (const child of this.children) {
      for (const leaf of child.kind === 'leaf' ? [child] : child.first()) this.#addFirst(leaf);
      if (this.kind === 'sequence' && !child.nullable) return;
    }
  }

  #addFirst(leaf: ModelLeaf): void {
    if (leaf.namespaces !== undefined) this.#firstWildcards.push(leaf);
    else if (!this.#first.has(leaf.key)) this.#first.set(leaf.key, leaf);
  }
}

function modelNode(
  particle: Particle,
  place: Place,
  slotOf: (particle: ElementParticle) => ElementSlot,
): ModelNode {
  if (particle.kind === 'element') return new ModelLeaf(particle, place, slotOf(particle));
  if (particle.kind === 'any') return new ModelLeaf(particle, place, undefined);
  return new ModelGroup(particle, place, slotOf);
}

function limitOf(max: MaxOccurs): number {
  return max === 'unbounded' ? Infinity : max;
}
