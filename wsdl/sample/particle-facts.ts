import type { Particle } from '../contract.ts';
import type { QNameKey } from '../qname.ts';

/** Whether an occurrence of the particle must hold an element of one of the types that are open around it. */
export function reenters(particle: Particle, open: readonly QNameKey[]): boolean {
  switch (particle.kind) {
    case 'any':
      return false;
    case 'element':
      return open.includes(particle.type);
    case 'choice':
      return particle.particles.length > 0 && particle.particles.every((branch) => reenters(branch, open));
    case 'sequence':
    case 'all':
      return particle.particles.some((part) => part.min > 0 && reenters(part, open));
  }
}

/**
 * Whether each occurrence must begin with a single element, so that two of them in a row are never read as one: of
 * `(a*, b*)+` the occurrences `{a}` and `{b}` come back as one `{a, b}`.
 */
export function hasClearStart(particle: Particle): boolean {
  if (particle.min === 0 || particle.max !== 1) return false;
  switch (particle.kind) {
    case 'any':
    case 'element':
      return true;
    case 'choice':
      return particle.particles.length > 0 && particle.particles.every(hasClearStart);
    case 'sequence':
      return particle.particles[0] !== undefined && hasClearStart(particle.particles[0]);
    case 'all':
      return false;
  }
}
