import {
  typeOf,
  type ComplexType,
  type Contract,
  type ElementParticle,
  type GroupParticle,
  type Message,
  type Particle,
  type QNameKey,
  type SimpleType,
} from '../../wsdl/index.ts';
import { branchName, memberNames, ownerOf } from './owner.ts';

export type PointKind = 'member' | 'branch' | 'type' | 'value' | 'nil';

/** One thing that a message may show: an optional member, a branch of a choice, a derived type, an enumeration value, nil. */
export interface Point {
  readonly kind: PointKind;
  /** Name of the type that it belongs to, or of the message. */
  readonly where: string;
  readonly name: string;
}

/** Longer enumerations (currencies, countries) are lists of codes, and nobody sends them all. */
const MOST_VALUES = 60;

/** All points of some messages, each once. `roots`: elements that stand for themselves, as the details of faults. */
export function pointsOf(
  contract: Contract,
  messages: readonly Message[],
  roots: readonly ElementParticle[] = [],
): Point[] {
  const finder = new PointFinder(contract);
  for (const { name, body, headers } of messages)
    for (const member of [...body.members, ...headers]) finder.addElement(member, name.local);
  for (const root of roots) finder.addElement(root, root.name.local);
  return [...finder.points.values()];
}

class PointFinder {
  readonly points = new Map<string, Point>();
  readonly #contract: Contract;
  readonly #types = new Set<QNameKey>();

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  addElement({ jsonName, min, nillable, type }: ElementParticle, where: string): void {
    if (min === 0) this.#add('member', where, jsonName);
    if (nillable) this.#add('nil', where, jsonName);
    this.#addType(type);
  }

  #add(kind: PointKind, where: string, name: string): void {
    this.points.set(`${kind}\n${where}\n${name}`, { kind, where, name });
  }

  #addType(key: QNameKey): void {
    if (this.#types.has(key)) return;
    this.#types.add(key);
    const type = typeOf(this.#contract, key);
    if (type.kind === 'simple') this.#addSimple(type);
    else this.#addComplex(type);
  }

  #addSimple({ name, variety, facets: { enumeration = [] } }: SimpleType): void {
    if (enumeration.length <= MOST_VALUES) for (const value of enumeration) this.#add('value', name, value);
    if (variety.kind === 'list') this.#addType(variety.itemType);
    if (variety.kind === 'union') for (const member of variety.memberTypes) this.#addType(member);
  }

  #addComplex(type: ComplexType): void {
    const others = type.substitutes.length > 1 ? type.substitutes : [];
    for (const key of others) {
      this.#add('type', type.name, typeOf(this.#contract, key).name);
      this.#addType(key);
    }
    for (const { jsonName, required, type: ofAttribute } of type.attributes) {
      if (!required) this.#add('member', ownerOf(this.#contract, type, jsonName), jsonName);
      this.#addType(ofAttribute);
    }
    if (type.content.kind === 'simple') this.#addType(type.content.type);
    if (type.content.kind === 'elements') this.#addParticle(type.content.model, type);
  }

  #addParticle(particle: Particle, type: ComplexType): void {
    if (particle.kind === 'element')
      this.addElement(particle, ownerOf(this.#contract, type, particle.jsonName));
    else if (particle.kind !== 'any') this.#addGroup(particle, type);
  }

  #addGroup(group: GroupParticle, type: ComplexType): void {
    if (group.kind === 'choice')
      for (const branch of group.particles)
        this.#add('branch', ownerOf(this.#contract, type, memberNames(branch)[0] ?? ''), branchName(branch));
    for (const particle of group.particles) this.#addParticle(particle, type);
  }
}
