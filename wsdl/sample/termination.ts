import { typeOf } from '../builtin-types.ts';
import type { Contract, Particle } from '../contract.ts';
import type { QNameKey } from '../qname.ts';
import { mayBeNil } from './nil-value.ts';

/**
 * The fewest nested elements a value needs; Infinity where it cannot end (a type that requires itself, an abstract type
 * without derived types). Recursive content is finished along these.
 */
export interface Termination {
  /** Of the type itself, abstract or not, and with none of its substitutes. */
  ofType(type: QNameKey): number;
  /** Of the best type that may stand for `type`. */
  ofSubstitutes(type: QNameKey): number;
  ofParticle(particle: Particle): number;
}

const known = new WeakMap<Contract, Termination>();

export function terminationOf(contract: Contract): Termination {
  const termination = known.get(contract) ?? planTermination(contract);
  known.set(contract, termination);
  return termination;
}

/** A least fixed point: depths only fall, and each round settles at least one more type. */
function planTermination(contract: Contract): Termination {
  const depths = new Map<QNameKey, number>();
  const termination: Termination = {
    ofType: (type) => depths.get(type) ?? (isOpenEnded(contract, type) ? Infinity : 0),
    ofSubstitutes: (type) =>
      substitutesOf(contract, type).reduce(
        (least, key) => Math.min(least, termination.ofType(key)),
        Infinity,
      ),
    ofParticle: (particle) => (particle.min === 0 ? 0 : depthOf(contract, particle, termination)),
  };
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const type of Object.values(contract.types)) {
      if (type.kind !== 'complex' || type.content.kind !== 'elements') continue;
      const depth = termination.ofParticle(type.content.model);
      if (depth < termination.ofType(type.key)) {
        depths.set(type.key, depth);
        isSettled = false;
      }
    }
  }
  return termination;
}

/** Types whose depth the rounds must find; simple, empty and built-in ones have none. */
function isOpenEnded(contract: Contract, type: QNameKey): boolean {
  const definition = contract.types[type];
  return definition?.kind === 'complex' && definition.content.kind === 'elements';
}

/** What stands for it must be declared somewhere, and may be large: any other way to end is better. */
const strictWildcard = 100;

function depthOf(contract: Contract, particle: Particle, termination: Termination): number {
  switch (particle.kind) {
    case 'any':
      if (particle.namespaces.kind === 'in' && particle.namespaces.uris.length === 0) return Infinity;
      return particle.processContents === 'strict' ? strictWildcard : 1;
    case 'element':
      return particle.nillable && mayBeNil(typeOf(contract, particle.type))
        ? 1
        : 1 + termination.ofSubstitutes(particle.type);
    case 'choice':
      if (particle.particles.length === 0) return 0;
      return particle.particles.reduce(
        (least, branch) => Math.min(least, termination.ofParticle(branch)),
        Infinity,
      );
    case 'sequence':
    case 'all':
      return particle.particles.reduce((most, part) => Math.max(most, termination.ofParticle(part)), 0);
  }
}

/** Types that may stand for `type`; for all that is not polymorphic, the type itself. */
export function substitutesOf(contract: Contract, type: QNameKey): readonly QNameKey[] {
  const definition = contract.types[type];
  return definition?.kind === 'complex' ? definition.substitutes : [type];
}
