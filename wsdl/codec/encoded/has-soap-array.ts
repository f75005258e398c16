import type { Contract, ElementParticle, Particle } from '../../contract.ts';

/** Whether an array of SOAP encoding may stand in values of these elements; literal messages may have some too. */
export function hasSoapArray(contract: Contract, elements: readonly ElementParticle[]): boolean {
  const keys = new Set(elements.map(({ type }) => type));
  for (const key of keys) {
    const type = Object.hasOwn(contract.types, key) ? contract.types[key] : undefined;
    if (type?.kind !== 'complex') continue;
    if (type.soapArray) return true;
    for (const substitute of type.substitutes) keys.add(substitute);
    if (type.content.kind === 'elements') addTypes(type.content.model, keys);
  }
  return false;
}

function addTypes(particle: Particle, keys: Set<string>): void {
  if (particle.kind === 'element') keys.add(particle.type);
  else if (particle.kind !== 'any') for (const child of particle.particles) addTypes(child, keys);
}
