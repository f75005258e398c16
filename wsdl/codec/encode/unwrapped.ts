import type { ComplexType, ElementParticle, Particle } from '../../contract.ts';

/** The repeated element of an unwrapped type. @throws Error if the type has none: the contract is broken. */
export function onlyElement(type: ComplexType): ElementParticle {
  const element = type.content.kind === 'elements' ? find(type.content.model) : undefined;
  if (!element) throw new Error(`Internal: the unwrapped type ${type.key} has no element`);
  return element;
}

function find(particle: Particle): ElementParticle | undefined {
  if (particle.kind === 'element') return particle;
  return particle.kind === 'any'
    ? undefined
    : particle.particles.map(find).find((element) => element !== undefined);
}
