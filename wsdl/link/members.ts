import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from '../contract.ts';
import { mayRepeat } from './occurrence.ts';

/** What stands for one member of a JSON object. */
export type Member = ElementParticle | WildcardParticle | (GroupParticle & { readonly jsonName: string });

/** The particles that become members of the object that `particle` belongs to: groups that do not repeat stand flat in it. */
export function* membersOf(particle: Particle): Generator<Member> {
  if (particle.kind === 'element' || particle.kind === 'any') yield particle;
  else if (hasOwnObject(particle)) yield particle;
  else for (const child of particle.particles) yield* membersOf(child);
}

/** True if some object of one branch could as well be of the other. */
export function isAmbiguous(left: Particle, right: Particle): boolean {
  return !canTellApart(left, right) && !canTellApart(right, left);
}

/** True if `left` always has a member that `right` never has. */
function canTellApart(left: Particle, right: Particle): boolean {
  const possible = new Set([...membersOf(right)].map(({ jsonName }) => jsonName));
  return [...requiredNames(left)].some((name) => !possible.has(name));
}

function requiredNames(particle: Particle): Set<string> {
  if (particle.min === 0) return new Set();
  if (particle.kind === 'element' || particle.kind === 'any') return new Set([particle.jsonName]);
  if (hasOwnObject(particle)) return new Set([particle.jsonName]);
  const [first = new Set<string>(), ...others] = particle.particles.map(requiredNames);
  if (particle.kind !== 'choice') return new Set([first, ...others].flatMap((names) => [...names]));
  return new Set([...first].filter((name) => others.every((names) => names.has(name))));
}

function hasOwnObject(group: GroupParticle): group is GroupParticle & { jsonName: string } {
  return mayRepeat(group.max);
}
