import {
  ANY_TYPE,
  typeOf,
  type ComplexType,
  type Contract,
  type ElementParticle,
  type Message,
  type Particle,
  type QNameKey,
} from '../wsdl/index.ts';
import { isBinaryType } from './binary-type.ts';
import { isPolymorphic } from './polymorphism.ts';
import { valueShapeOf, type ScalarShape } from './scalar-shape.ts';

/** A member of a JSON object that the contract knows, as far as routing cares. */
export interface Member {
  readonly name: string;
  /** Stands in every valid value of the object around it. */
  readonly isRequired: boolean;
  /** Named by a choice, so that its presence depends on others. */
  readonly inChoice: boolean;
  readonly documentation?: string;
  /** Base64 in JSON, and not more than one. */
  readonly isBinary?: boolean;
  readonly value: MemberValue;
}

export type MemberValue =
  | { readonly kind: 'scalar'; readonly of: ScalarShape; readonly type: QNameKey }
  | {
      readonly kind: 'array';
      readonly of: ScalarShape;
      readonly type: QNameKey;
      readonly particle?: ElementParticle;
    }
  /** An object with members of its own: see `membersOfType`. */
  | { readonly kind: 'object'; readonly type: QNameKey }
  /** Arrays of objects, raw XML and whatever else no parameter can carry. */
  | { readonly kind: 'opaque' };

/** Members of a message's JSON value; header blocks are not among them. */
export function membersOfMessage(contract: Contract, { body, attachments = [] }: Message): Member[] {
  const [only] = body.members;
  if (body.shape === 'value' && only) return membersOfType(contract, only.type);
  return [
    ...body.members.flatMap((member) => toMembers(contract, member, OUTERMOST)),
    ...attachments.map(({ jsonName: name }): Member => ({
      name,
      isRequired: true,
      inChoice: false,
      isBinary: true,
      value: { kind: 'opaque' },
    })),
  ];
}

/** The declared header blocks, which JSON keeps under the member `@header`. All are optional (WSDL 1.1, 3.7). */
export function membersOfHeader(contract: Contract, { headers }: Message): Member[] {
  return headers.flatMap((block) => toMembers(contract, { ...block, min: 0 }, OUTERMOST));
}

export function membersOfType(contract: Contract, key: QNameKey): Member[] {
  if (key === ANY_TYPE) return [];
  const type = typeOf(contract, key);
  if (type.kind === 'simple' || type.unwrapped) return [];
  return [...typeMember(type), ...contentMembers(contract, type), ...attributeMembers(contract, type)];
}

/** `@type`, where there is more than one type to name. */
function typeMember(type: ComplexType): Member[] {
  if (!isPolymorphic(type)) return [];
  return [{ name: '@type', isRequired: type.abstract, inChoice: false, value: { kind: 'opaque' } }];
}

function contentMembers(contract: Contract, { content }: ComplexType): Member[] {
  switch (content.kind) {
    case 'empty':
      return [];
    case 'simple':
      return [
        {
          name: content.jsonName,
          isRequired: true,
          inChoice: false,
          value: valueOf(contract, content.type, false),
        },
      ];
    case 'elements':
      return toMembers(contract, content.model, OUTERMOST);
    case 'mixed':
      return [{ name: content.jsonName, isRequired: true, inChoice: false, value: { kind: 'opaque' } }];
  }
}

function attributeMembers(contract: Contract, type: ComplexType): Member[] {
  const members: Member[] = type.attributes.map((attribute) => ({
    name: attribute.jsonName,
    isRequired: attribute.required,
    inChoice: false,
    ...(attribute.documentation !== undefined && { documentation: attribute.documentation }),
    value: valueOf(contract, attribute.type, false),
  }));
  if (!type.anyAttribute) return members;
  return [
    ...members,
    { name: type.anyAttribute.jsonName, isRequired: false, inChoice: false, value: { kind: 'opaque' } },
  ];
}

/** What the groups around a particle say of its members. */
interface Surroundings {
  readonly isOptional: boolean;
  readonly inChoice: boolean;
}

const OUTERMOST: Surroundings = { isOptional: false, inChoice: false };

function toMembers(contract: Contract, particle: Particle, around: Surroundings): Member[] {
  if (particle.max === 0) return [];
  const isOptional = around.isOptional || particle.min === 0;
  if (particle.kind === 'element') return [elementMember(contract, particle, { ...around, isOptional })];
  if (particle.jsonName !== undefined) {
    const { jsonName: name } = particle;
    return [{ name, isRequired: !isOptional, inChoice: around.inChoice, value: { kind: 'opaque' } }];
  }
  if (particle.kind === 'any') return [];
  const isChoice = particle.kind === 'choice' && particle.particles.length > 1;
  const within = { isOptional: isOptional || isChoice, inChoice: around.inChoice || isChoice };
  return uniqueByName(particle.particles.flatMap((child) => toMembers(contract, child, within)));
}

function elementMember(contract: Contract, particle: ElementParticle, around: Surroundings): Member {
  return {
    name: particle.jsonName,
    isRequired: !around.isOptional,
    inChoice: around.inChoice,
    ...(particle.documentation !== undefined && { documentation: particle.documentation }),
    ...(isBinary(contract, particle) && { isBinary: true }),
    value: elementValue(contract, particle),
  };
}

function isBinary(contract: Contract, { type: key, max }: ElementParticle): boolean {
  if (key === ANY_TYPE || max !== 1) return false;
  const type = typeOf(contract, key);
  return type.kind === 'simple' && isBinaryType(type);
}

function elementValue(contract: Contract, particle: ElementParticle): MemberValue {
  const isRepeated = particle.max !== 1;
  const value = valueOf(contract, particle.type, isRepeated);
  if (value.kind === 'array' && isRepeated) return { ...value, particle };
  const item = isRepeated ? undefined : itemOfUnwrapped(contract, particle.type);
  return item ? elementValue(contract, item) : value;
}

function valueOf(contract: Contract, type: QNameKey, isRepeated: boolean): MemberValue {
  const shape = valueShapeOf(contract, type);
  if (shape.kind === 'scalar') return { kind: isRepeated ? 'array' : 'scalar', of: shape.of, type };
  if (isRepeated) return { kind: 'opaque' };
  if (shape.kind === 'array') return { kind: 'array', of: shape.of, type };
  const isObject = type !== ANY_TYPE && membersOfTypeExist(contract, type);
  return isObject ? { kind: 'object', type } : { kind: 'opaque' };
}

function membersOfTypeExist(contract: Contract, key: QNameKey): boolean {
  const type = typeOf(contract, key);
  return type.kind === 'complex' && !type.unwrapped;
}

/** The repeated element of an `ArrayOfX` whose JSON is the array itself. */
export function itemOfUnwrapped(contract: Contract, key: QNameKey): ElementParticle | undefined {
  const type = key === ANY_TYPE ? undefined : typeOf(contract, key);
  if (type?.kind !== 'complex' || !type.unwrapped || type.content.kind !== 'elements') return undefined;
  return soleElement(type.content.model);
}

function soleElement(particle: Particle): ElementParticle | undefined {
  if (particle.kind === 'element') return particle;
  if (particle.kind === 'any') return undefined;
  return particle.particles.map(soleElement).find((element) => element !== undefined);
}

/** A name may stand in several branches of a choice; for routing that is one member. */
function uniqueByName(members: readonly Member[]): Member[] {
  return [...new Map(members.map((member) => [member.name, member])).values()];
}
