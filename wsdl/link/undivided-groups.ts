import { canBeEmpty } from '../codec/encode/particle-members.ts';
import type { GroupParticle, Particle } from '../contract.ts';
import { mayRepeat } from './occurrence.ts';

/**
 * Groups that must occur more than once, and at most so often, of which one run of elements may be one occurrence or several:
 * `(a+, b?){2,3}`. Where they part could only be told by reading ahead, so a decoder must choose, and with the wrong choice a later
 * element finds no occurrence left.
 */
export function undividedGroups(particle: Particle): GroupParticle[] {
  if (particle.kind === 'element' || particle.kind === 'any') return [];
  const { min, max, particles } = particle;
  const isOwed = min > 1 && max !== 'unbounded' && isRun({ ...particle, min: 1, max: 1 });
  return [...(isOwed ? [particle] : []), ...particles.flatMap(undividedGroups)];
}

/** Whether something that repeats may be all there is of the particle. */
function isRun(particle: Particle): boolean {
  if (mayRepeat(particle.max) && particle.min !== particle.max) return true;
  switch (particle.kind) {
    case 'element':
    case 'any':
    case 'all':
      return false;
    case 'choice':
      return particle.particles.some(isRun);
    case 'sequence':
      return particle.particles.some(
        (child) => isRun(child) && particle.particles.every((other) => other === child || canBeEmpty(other)),
      );
  }
}
