import type { Draft, DraftGroup } from './draft.ts';
import { mayRepeat, multiply } from './occurrence.ts';

/**
 * The simplest content model that allows the same XML: groups that add nothing are dissolved, so that schemas which
 * mean the same give the same JSON. @returns undefined if nothing can occur.
 */
export function normalise(particle: Draft): Draft | undefined {
  if (particle.max === 0) return undefined;
  if (particle.kind === 'element' || particle.kind === 'any') return particle;
  const group = particle.kind === 'choice' ? normaliseChoice(particle) : normaliseSequence(particle);
  return group && dissolve(group);
}

/** The model of a type: a sequence is put around what is no group, or repeats. */
export function normaliseModel(particle: Draft): DraftGroup | undefined {
  const model = normalise(particle);
  if (!model) return undefined;
  const isGroup = model.kind !== 'element' && model.kind !== 'any';
  return isGroup && !mayRepeat(model.max) ? model : { kind: 'sequence', min: 1, max: 1, particles: [model] };
}

function normaliseSequence(group: DraftGroup): DraftGroup | undefined {
  const particles = group.particles
    .map(normalise)
    .filter((particle) => particle !== undefined)
    .flatMap((particle) =>
      particle.kind === group.kind && isOnce(particle) ? particle.particles : [particle],
    );
  return particles.length > 0 ? { ...group, particles } : undefined;
}

function normaliseChoice(group: DraftGroup): DraftGroup | undefined {
  const branches = group.particles.map(normalise);
  const particles: Draft[] = [];
  let mayBeEmpty = branches.includes(undefined);
  for (const branch of branches.filter((one) => one !== undefined)) {
    const once = inUnboundedChoice(branch, group);
    // An optional branch makes the choice optional: the branch itself need not be.
    mayBeEmpty ||= once.min === 0;
    const required = once.min === 0 ? { ...once, min: 1 } : once;
    if (required.kind === 'choice' && isOnce(required)) particles.push(...required.particles);
    else particles.push(required);
  }
  return particles.length > 0 ? { ...group, particles, min: mayBeEmpty ? 0 : group.min } : undefined;
}

/** Where the choice repeats without end, a branch need not. */
function inUnboundedChoice<T extends Draft>(branch: T, group: DraftGroup): T {
  const isElement = branch.kind === 'element' || branch.kind === 'any';
  return group.max === 'unbounded' && isElement && branch.min <= 1 ? { ...branch, max: 1 } : branch;
}

/** A group around a single particle becomes that particle, if its occurrences can say the same. */
function dissolve(group: DraftGroup): Draft {
  const [only] = group.particles;
  if (!only || group.particles.length > 1) return group;
  const occurs = multiply(group, only);
  return occurs ? { ...only, ...occurs } : group;
}

function isOnce(particle: Draft): boolean {
  return particle.min === 1 && particle.max === 1;
}
