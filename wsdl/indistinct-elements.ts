import { canBeEmpty } from './codec/encode/particle-members.ts';
import type { ElementParticle, GroupParticle, Particle } from './contract.ts';
import { qnameKey } from './qname.ts';

/**
 * Two elements of one name in a sequence that XML tells apart only by what stands between them, or where the first has come as
 * often as it may: an ambiguity that XSD 1.0 Part 1, 3.8.6 forbids and that real schemas have all the same.
 */
export interface IndistinctElements {
  readonly first: ElementParticle;
  /** Optional. */
  readonly second: ElementParticle;
  /** All optional. */
  readonly between: readonly Particle[];
}

/** Those of the sequence and of all groups in it. */
export function indistinctIn(group: GroupParticle): IndistinctElements[] {
  const inner = group.particles.filter((particle) => particle.kind !== 'element' && particle.kind !== 'any');
  return [...indistinctElements(group), ...inner.flatMap(indistinctIn)];
}

/** Those of a sequence, each with the nearest one before it. An element in XML counts as the first that still may take it. */
export function indistinctElements({ kind, particles }: GroupParticle): IndistinctElements[] {
  if (kind !== 'sequence') return [];
  const places = new Map<string, number>();
  return particles.flatMap((second, index) => {
    if (second.kind !== 'element') return [];
    const key = qnameKey(second.name.namespace, second.name.local);
    const place = places.get(key);
    places.set(key, index);
    if (place === undefined || second.min > 0) return [];
    const first = particles[place] as ElementParticle;
    const between = particles.slice(place + 1, index);
    const isToldApart = first.min === first.max || !between.every(canBeEmpty);
    return isToldApart || first.jsonName === second.jsonName ? [] : [{ first, second, between }];
  });
}
