import type { JsonValue } from '../codec/codec.ts';
import { typeOf } from '../builtin-types.ts';
import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from '../contract.ts';
import { canBeEmpty, memberNames } from '../codec/encode/particle-members.ts';
import { indistinctElements } from '../indistinct-elements.ts';
import type { Coverage } from './coverage.ts';
import { defaultValue } from './default-value.ts';
import { lacksId } from './id-reference.ts';
import { mayBeNil, nilValue } from './nil-value.ts';
import { hasClearStart, reenters } from './particle-facts.ts';
import { putMember, type Target } from './put-member.ts';
import { rawElement } from './raw-xml.ts';
import { countElements, isFinishing, type Place, type Sampler } from './sampler.ts';

/** The object whose members are being made. */
export interface Members {
  readonly sampler: Sampler;
  readonly place: Place;
  readonly target: Target;
  /** Elements still to come in this object, about: what is left in the wallet is shared among them. */
  heirs: number;
}

/** How often at the most an array or repeating group is repeated when nothing more is required. */
function repetitionsOf({ lists: { from, to }, random }: Sampler): number {
  return from === to ? from : random.integer(from, to);
}

/** Up to this maxOccurs, samples that cover all have it once. */
const mostOfABound = 8;

/** Adds the members that the particle stands for; `isForced` asks for at least one, even of optional ones. */
export function fillMembers(members: Members, particle: Particle, isForced = false): void {
  switch (particle.kind) {
    case 'element':
      fillElement(members, particle, isForced);
      return;
    case 'any':
      fillWildcard(members, particle, isForced);
      return;
    case 'sequence':
    case 'choice':
    case 'all':
      if (particle.jsonName === undefined) fillGroup(members, particle, isForced);
      else fillRepeated(members, particle, particle.jsonName, isForced);
  }
}

function fillElement(members: Members, particle: ElementParticle, isForced: boolean): void {
  const { sampler, place, target } = members;
  const count = countOf(members, particle, repetitionsOf(members.sampler), isForced);
  const share = Math.floor(place.wallet.left / Math.max(1, members.heirs * count));
  const values = Array.from({ length: count }, () => watched(sampler, particle, place, share));
  members.heirs--;
  if (particle.max !== 1 && (count > 0 || particle.always)) putMember(target, particle.jsonName, values);
  else if (values[0] !== undefined) putMember(target, particle.jsonName, values[0]);
}

function watched(sampler: Sampler, particle: ElementParticle, place: Place, share: number): JsonValue {
  const make = (): JsonValue => elementValue(sampler, particle, place, share);
  return sampler.coverage ? sampler.coverage.watch(particle, make) : make();
}

/** Value of one occurrence. It may spend `share` of the wallet around it; what it leaves goes back. */
export function elementValue(
  sampler: Sampler,
  particle: ElementParticle,
  place: Place,
  share: number,
): JsonValue {
  countElements(sampler, 1);
  if (particle.nillable && isBetterNil(sampler, particle, place)) return nilValue(sampler, particle.type);
  const wallet = { left: share - 1 };
  sampler.documentation = particle.documentation ?? '';
  const make = (given: string | undefined): JsonValue =>
    sampler.typed(particle.type, particle.name.local, { ...place, wallet }, given);
  const first = make(particle.fixed ?? defaultValue(sampler, particle));
  // An empty element stands for its default (XSD 1.0 Part 1, 3.3.1).
  const value = first === '' && particle.default !== undefined ? make(particle.default) : first;
  place.wallet.left += wallet.left - share;
  return value;
}

function isBetterNil(sampler: Sampler, particle: ElementParticle, place: Place): boolean {
  if (!mayBeNil(typeOf(sampler.contract, particle.type))) return false;
  if (sampler.termination.ofSubstitutes(particle.type) === Infinity) return true;
  if (isFinishing(sampler, place)) return place.open.includes(particle.type);
  if (sampler.coverage) return sampler.coverage.next('nil', particle, 2, 0) === 1;
  return sampler.mode === 'random' && sampler.random.chance(15);
}

/** How many occurrences: at least `min`, one if forced, else as the mode wants and recursion allows. */
function countOf(members: Members, particle: Particle, most: number, isForced: boolean): number {
  const { sampler, place } = members;
  const least = Math.max(particle.min, isForced ? 1 : 0);
  const limit = particle.max === 'unbounded' ? Infinity : particle.max;
  const upTo = Math.min(limit, Math.max(most, least));
  if (isFinishing(sampler, place) || upTo <= least || !isFinite(sampler, particle))
    return Math.min(least, limit);
  if (particle.kind === 'element' && lacksId(sampler, particle.type)) return Math.min(least, limit);
  if (sampler.coverage) {
    const isRecursive = reenters(particle, place.open);
    if (!isRecursive) return coveredCount(sampler.coverage, particle, least, limit, sampler.many);
    return sampler.coverage.next('recursion', particle, 2, 1) === 0 ? Math.max(1, least) : least;
  }
  if (reenters(particle, place.open))
    return least === 0 && sampler.mode === 'random' && sampler.random.chance(30) ? 1 : least;
  return sampler.mode === 'full' ? upTo : sampler.random.integer(least, upTo);
}

/** One, none, many in turn, then the bare minimum once nothing new is left in the member. */
function coveredCount(
  coverage: Coverage,
  particle: Particle,
  least: number,
  limit: number,
  many: number | undefined,
): number {
  const bounded = limit <= (many ?? mostOfABound) ? [limit] : [];
  const several = many === undefined ? [3] : [2, many];
  const wanted = [1, 0, ...several].map((count) => Math.max(count, least)).concat(bounded);
  const counts = [...new Set(wanted.map((count) => Math.min(count, limit)))];
  const steady = coverage.isFinished(particle) ? counts.indexOf(Math.min(least, limit)) : 0;
  return counts[coverage.next('count', particle, counts.length, steady)]!;
}

function isFinite(sampler: Sampler, particle: Particle): boolean {
  return sampler.termination.ofParticle({ ...particle, min: 1 }) < Infinity;
}

function fillGroup(members: Members, group: GroupParticle, isForced: boolean): void {
  if (!isPresent(members, group, isForced)) return;
  if (group.kind === 'choice') fillChoice(members, group, isForced);
  else fillSequence(members, group, isForced);
}

function isPresent(members: Members, group: GroupParticle, isForced: boolean): boolean {
  const { sampler, place } = members;
  if (group.min > 0 || isForced) return true;
  if (sampler.coverage && !isFinishing(sampler, place) && isFinite(sampler, group))
    return sampler.coverage.next('count', group.particles, 2, 0) === 0;
  return countOf(members, { ...group, max: 1 }, 1, isForced) > 0;
}

/** Where one member is asked for, the one that ends first is made to stand, unless others stand already. */
function fillSequence(members: Members, group: GroupParticle, isForced: boolean): void {
  const { particles } = group;
  const before = elementMembers(members.target);
  for (const particle of particles) fillMembers(members, particle);
  dropIndistinct(members.target, group);
  if (!isForced || elementMembers(members.target) > before) return;
  const depths = particles.map((particle) => members.sampler.termination.ofParticle({ ...particle, min: 1 }));
  const least = Math.min(...depths);
  if (least < Infinity) fillMembers(members, particles[depths.indexOf(least)]!, true);
}

/** An element that would be read back as an earlier one of its name is left out. */
function dropIndistinct(target: Target, group: GroupParticle): void {
  for (const { first, second, between } of indistinctElements(group)) {
    const isApart = between.some((particle) =>
      memberNames(particle).some((name) => hasElements(target[name])),
    );
    if (!isApart && !isFull(target[first.jsonName], first)) Reflect.deleteProperty(target, second.jsonName);
  }
}

function isFull(value: JsonValue | undefined, { max }: ElementParticle): boolean {
  return max === 1 ? value !== undefined : Array.isArray(value) && value.length === max;
}

function hasElements(value: JsonValue | undefined): boolean {
  return value !== undefined && (!Array.isArray(value) || value.length > 0);
}

function fillChoice(members: Members, group: GroupParticle, isForced: boolean): void {
  const branch = chosenBranch(members, group.particles);
  if (branch) fillMembers(members, branch, isForced || !isFinishing(members.sampler, members.place));
}

function chosenBranch({ sampler, place }: Members, branches: readonly Particle[]): Particle | undefined {
  const depthOf = (branch: Particle): number => sampler.termination.ofParticle(branch);
  const finite = branches.filter((branch) => isFinite(sampler, branch) && branch.max !== 0);
  if (sampler.coverage && finite.length > 0 && !isFinishing(sampler, place))
    return finite[sampler.coverage.next('branch', branches, finite.length)];
  const fresh = finite.filter((branch) => !reenters(branch, place.open));
  if (!isFinishing(sampler, place) && fresh.length > 0) return sampler.random.pick(fresh);
  return finite.reduce<Particle | undefined>(
    (best, branch) => (best === undefined || depthOf(branch) < depthOf(best) ? branch : best),
    undefined,
  );
}

/** One object an occurrence, never an empty one: that could not be told from none. */
function fillRepeated(members: Members, group: GroupParticle, jsonName: string, isForced: boolean): void {
  const once: GroupParticle = { kind: group.kind, particles: group.particles, min: 1, max: 1 };
  const least: GroupParticle = canBeEmpty(once) ? { ...group, min: 0 } : group;
  const count = countOf(members, least, hasClearStart(once) ? repetitionsOf(members.sampler) : 1, isForced);
  const occurrences: JsonValue[] = [];
  for (let index = 0; index < count; index++) {
    const target: Target = {};
    fillGroup({ ...members, target }, once, true);
    if (elementMembers(target) > 0) occurrences.push(target);
  }
  members.heirs -= weightOf(group);
  if (occurrences.length > 0) putMember(members.target, jsonName, occurrences);
}

/** Members that stand for at least one element: not the arrays that are there though they are empty. */
function elementMembers(target: Target): number {
  return Object.values(target).filter(hasElements).length;
}

/** A wildcard says nothing about what it stands for: an example has it only where it must. */
function fillWildcard(members: Members, particle: WildcardParticle, isForced: boolean): void {
  const count = wildcardCount(members, particle, isForced);
  const values = Array.from({ length: count }, () => rawElement(members.sampler, particle));
  members.heirs--;
  if (particle.max !== 1 && (count > 0 || particle.always))
    putMember(members.target, particle.jsonName, values);
  else if (values[0] !== undefined) putMember(members.target, particle.jsonName, values[0]);
}

function wildcardCount({ sampler, place }: Members, particle: WildcardParticle, isForced: boolean): number {
  const least = Math.max(particle.min, isForced ? 1 : 0);
  const { coverage } = sampler;
  if (!coverage || particle.processContents === 'strict' || isFinishing(sampler, place)) return least;
  const most = particle.max === 'unbounded' ? 2 : Math.min(particle.max, 2);
  return Math.max(least, [0, most, Math.min(1, most)][coverage.next('wildcard', particle, 3, 0)]!);
}

/** Elements that the particle brings at one occurrence each, about. */
export function weightOf(particle: Particle): number {
  if (particle.kind === 'element' || particle.kind === 'any') return 1;
  const weights = particle.particles.map(weightOf);
  return particle.kind === 'choice'
    ? Math.max(0, ...weights)
    : weights.reduce((sum, weight) => sum + weight, 0);
}
