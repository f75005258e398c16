import {
  typeOf,
  type ComplexType,
  type Contract,
  type GroupParticle,
  type Particle,
} from '../../wsdl/index.ts';

/** Name of the type that a member comes from: the outermost base that has it. What a type inherits is no point of its own. */
export function ownerOf(contract: Contract, type: ComplexType, jsonName: string): string {
  let owner = type;
  for (let base = baseOf(contract, owner); base && hasMember(base, jsonName); base = baseOf(contract, owner))
    owner = base;
  return owner.name;
}

function baseOf(contract: Contract, { base, key }: ComplexType): ComplexType | undefined {
  if (base === undefined || base === key) return undefined;
  const type = typeOf(contract, base);
  return type.kind === 'complex' ? type : undefined;
}

function hasMember({ attributes, content }: ComplexType, jsonName: string): boolean {
  if (attributes.some((attribute) => attribute.jsonName === jsonName)) return true;
  return content.kind === 'elements' && memberNames(content.model).includes(jsonName);
}

/** JSON members that a particle may use in the object it stands in. */
export function memberNames(particle: Particle): readonly string[] {
  if (particle.max === 0) return [];
  if (particle.jsonName !== undefined) return [particle.jsonName];
  return (particle as GroupParticle).particles.flatMap(memberNames);
}

/** What a branch of a choice is called. */
export function branchName(branch: Particle): string {
  return memberNames(branch).join('+') || '(nothing)';
}
