import type { GroupParticle, Particle } from '../../contract.ts';

/** JSON members that a particle may use in the object it stands in. */
export function memberNames(particle: Particle): string[] {
  if (particle.max === 0) return [];
  if (particle.jsonName !== undefined) return [particle.jsonName];
  return [...new Set((particle as GroupParticle).particles.flatMap(memberNames))];
}

/** Members that are there whenever the particle is, as far as that can be said without a choice. */
export function certainMembers(particle: Particle): string[] {
  if (canBeEmpty(particle)) return [];
  if (particle.jsonName !== undefined) return [particle.jsonName];
  const group = particle as GroupParticle;
  return group.kind === 'choice' ? [] : group.particles.flatMap(certainMembers);
}

/** XSD 1.0 Part 1, 3.9.6, particle emptiable. */
export function canBeEmpty(particle: Particle): boolean {
  if (particle.min === 0 || particle.max === 0) return true;
  if (particle.kind === 'element' || particle.kind === 'any') return false;
  if (particle.kind !== 'choice') return particle.particles.every(canBeEmpty);
  return particle.particles.length === 0 || particle.particles.some(canBeEmpty);
}

/** Members that hold arrays, so that `[]` means the same as no member. */
export function repeatedMembers(particle: Particle): string[] {
  if (particle.jsonName !== undefined)
    return particle.max === 'unbounded' || particle.max > 1 ? [particle.jsonName] : [];
  return (particle as GroupParticle).particles.flatMap(repeatedMembers);
}
