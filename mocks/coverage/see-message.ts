import {
  typeOf,
  type ComplexType,
  type Contract,
  type ElementParticle,
  type GroupParticle,
  type JsonValue,
  type Message,
  type Particle,
  type QNameKey,
  type SimpleType,
} from '../../wsdl/index.ts';
import { branchName, memberNames, ownerOf } from './owner.ts';
import type { Sightings } from './sightings.ts';

type Members = Readonly<Record<string, JsonValue>>;

/** Notes what messages of a contract show. Takes the JSON that the codec gives: it has been found to fit. */
export class MessageWatcher {
  readonly #contract: Contract;
  readonly #sightings: Sightings;
  readonly #byName: ReadonlyMap<string, QNameKey>;

  constructor(contract: Contract, sightings: Sightings) {
    this.#contract = contract;
    this.#sightings = sightings;
    this.#byName = new Map(Object.values(contract.types).map(({ name, key }) => [name, key]));
  }

  seeMessage({ name, body, headers }: Message, value: JsonValue): void {
    const [only] = body.members;
    if (body.shape === 'value' && only) this.seeElement(only, value, name.local);
    else if (isObject(value)) for (const member of body.members) this.#seeMember(member, value, name.local);
    const blocks = isObject(value) ? value['@header'] : undefined;
    if (isObject(blocks)) for (const header of headers) this.#seeMember(header, blocks, name.local);
  }

  /** One or all occurrences of an element; `where` is the name of the type or message that it stands in. */
  seeElement(element: ElementParticle, value: JsonValue, where: string): void {
    this.#sightings.see('member', where, element.jsonName);
    const occurrences = element.max !== 1 && Array.isArray(value) ? value : [value];
    for (const occurrence of occurrences) {
      if (isNil(occurrence)) this.#sightings.see('nil', where, element.jsonName);
      else this.#seeType(element.type, occurrence);
    }
  }

  #seeMember(element: ElementParticle, members: Members, where: string): void {
    const value = members[element.jsonName];
    if (value !== undefined && !isEmptyList(element, value)) this.seeElement(element, value, where);
  }

  #seeType(key: QNameKey, value: JsonValue): void {
    const type = typeOf(this.#contract, key);
    if (type.kind === 'simple') this.#seeSimple(type, value);
    else this.#seeComplex(type, value);
  }

  #seeSimple(type: SimpleType, value: JsonValue): void {
    const { variety, facets } = type;
    if (facets.enumeration) this.#sightings.see('value', type.name, lexicalOf(value));
    if (variety.kind === 'list' && Array.isArray(value))
      for (const entry of value) this.#seeType(variety.itemType, entry);
    if (variety.kind === 'union') for (const member of variety.memberTypes) this.#seeType(member, value);
  }

  #seeComplex(declared: ComplexType, value: JsonValue): void {
    const type = this.#concrete(declared, value);
    if (declared.substitutes.length > 1) this.#sightings.see('type', declared.name, type.name);
    const { content, attributes } = type;
    if (content.kind === 'elements' && type.unwrapped) {
      this.#seeParticle(content.model, { [memberNames(content.model)[0] ?? '']: value }, type);
      return;
    }
    if (!isObject(value)) return;
    for (const attribute of attributes) {
      const given = value[attribute.jsonName];
      if (given === undefined) continue;
      this.#sightings.see('member', this.#ownerOf(type, attribute.jsonName), attribute.jsonName);
      this.#seeType(attribute.type, given);
    }
    if (content.kind === 'elements') this.#seeParticle(content.model, value, type);
    if (content.kind === 'simple' && value[content.jsonName] !== undefined)
      this.#seeType(content.type, value[content.jsonName]!);
  }

  #concrete(declared: ComplexType, value: JsonValue): ComplexType {
    const named = isObject(value) ? value['@type'] : undefined;
    const key = typeof named === 'string' ? this.#byName.get(named) : undefined;
    const type = key === undefined ? declared : typeOf(this.#contract, key);
    return type.kind === 'complex' ? type : declared;
  }

  #ownerOf(type: ComplexType, jsonName: string): string {
    return ownerOf(this.#contract, type, jsonName);
  }

  #seeParticle(particle: Particle, members: Members, type: ComplexType): void {
    if (particle.kind === 'any') return;
    if (particle.kind === 'element')
      this.#seeMember(particle, members, this.#ownerOf(type, particle.jsonName));
    else if (particle.jsonName === undefined) this.#seeGroup(particle, members, type);
    else this.#seeOccurrences(particle, members[particle.jsonName], type);
  }

  #seeOccurrences(group: GroupParticle, occurrences: JsonValue | undefined, type: ComplexType): void {
    if (!Array.isArray(occurrences)) return;
    for (const occurrence of occurrences) if (isObject(occurrence)) this.#seeGroup(group, occurrence, type);
  }

  #seeGroup(group: GroupParticle, members: Members, type: ComplexType): void {
    for (const particle of group.particles) {
      const names = memberNames(particle);
      if (group.kind === 'choice' && names.some((name) => members[name] !== undefined))
        this.#sightings.see('branch', this.#ownerOf(type, names[0] ?? ''), branchName(particle));
      this.#seeParticle(particle, members, type);
    }
  }
}

/** Of an enumerated value, which is no object; a list has its entries side by side. */
function lexicalOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(lexicalOf).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: JsonValue | undefined): value is { [member: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNil(value: JsonValue): boolean {
  return value === null || (isObject(value) && value['@nil'] === true);
}

function isEmptyList({ max }: ElementParticle, value: JsonValue): boolean {
  return max !== 1 && Array.isArray(value) && value.length === 0;
}
