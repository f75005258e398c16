import type { ElementParticle, GroupParticle, Particle, WildcardParticle } from '../contract.ts';
import { qnameKey } from '../qname.ts';
import type { Draft, DraftElement, DraftGroup, DraftWildcard, ElementFacts } from './draft.ts';
import { jsonName, type NameStyle } from './json-name.ts';
import { isAmbiguous, membersOf } from './members.ts';
import { NameScope } from './name-scope.ts';
import { mayRepeat } from './occurrence.ts';

/** Gives every member of a content model its JSON name, in document order. */
export function nameModel(model: DraftGroup, scope: NameScope, style: NameStyle): GroupParticle {
  return new MemberNamer(style).group(model, scope, true);
}

/** An element as a member of `scope`. */
export function nameElement(element: DraftElement, scope: NameScope, style: NameStyle): ElementParticle {
  return new MemberNamer(style).element(element, scope, false);
}

/** In a choice with more branches none is compared with all others: each name is its own. */
const MOST_BRANCHES_COMPARED = 200;

class MemberNamer {
  readonly #style: NameStyle;

  constructor(style: NameStyle) {
    this.#style = style;
  }

  /** @param isCertain no choice and no optional group is around. */
  group(group: DraftGroup, scope: NameScope, isCertain: boolean): GroupParticle {
    const { kind, min, max } = group;
    if (!mayRepeat(max))
      return {
        kind,
        min,
        max,
        particles: this.#particles(group, scope, isCertain && min > 0 && kind !== 'choice'),
      };
    const name = scope.take(`@${kind}`, undefined, `@${kind}`);
    return {
      kind,
      min,
      max,
      particles: this.#particles(group, new NameScope(), kind !== 'choice'),
      jsonName: name,
    };
  }

  element({ facts, min, max }: DraftElement, scope: NameScope, isCertain: boolean): ElementParticle {
    const key = qnameKey(facts.name.namespace, facts.name.local);
    const name = scope.take(
      jsonName(facts.name.local, this.#style),
      declarationOf(facts, mayRepeat(max)),
      key,
    );
    return {
      kind: 'element',
      min,
      max,
      jsonName: name,
      ...facts,
      ...(isCertain && mayRepeat(max) && { always: true }),
    };
  }

  #wildcard(
    { namespaces, processContents, min, max }: DraftWildcard,
    scope: NameScope,
    isCertain: boolean,
  ): WildcardParticle {
    const always = isCertain && mayRepeat(max);
    return {
      kind: 'any',
      min,
      max,
      jsonName: scope.take('@any', undefined, '@any'),
      namespaces,
      processContents,
      ...(always && { always }),
    };
  }

  #particles(group: DraftGroup, scope: NameScope, isCertain: boolean): Particle[] {
    return group.kind === 'choice'
      ? this.#branches(group, scope)
      : group.particles.map((particle) => this.#particle(particle, scope, isCertain));
  }

  #particle(particle: Draft, scope: NameScope, isCertain: boolean): Particle {
    if (particle.kind === 'element') return this.element(particle, scope, isCertain);
    return particle.kind === 'any'
      ? this.#wildcard(particle, scope, isCertain)
      : this.group(particle, scope, isCertain);
  }

  /** Branches share the name of a declaration that both hold, where the other members tell them apart. */
  #branches(choice: DraftGroup, scope: NameScope): Particle[] {
    const named: Particle[] = [];
    const names = new Map<string, string[]>();
    for (const branch of choice.particles) {
      const particle =
        this.#sharingBranch(branch, scope, named, names) ?? this.#particle(branch, scope, false);
      collectNames(particle, names);
      named.push(particle);
    }
    return named;
  }

  #sharingBranch(
    branch: Draft,
    scope: NameScope,
    earlier: readonly Particle[],
    names: ReadonlyMap<string, readonly string[]>,
  ): Particle | undefined {
    if (earlier.length > MOST_BRANCHES_COMPARED) return undefined;
    if (!declarationsOf(branch).some((declaration) => names.has(declaration))) return undefined;
    const trial = scope.branch(names);
    const particle = this.#particle(branch, trial, false);
    if (earlier.some((other) => isAmbiguous(particle, other))) return undefined;
    scope.adopt(trial, new Set([...membersOf(particle)].map((member) => member.jsonName)));
    return particle;
  }
}

function collectNames(particle: Particle, names: Map<string, string[]>): void {
  for (const member of membersOf(particle)) {
    if (member.kind !== 'element') continue;
    const declaration = declarationOf(member, mayRepeat(member.max));
    const known = names.get(declaration) ?? [];
    if (!known.includes(member.jsonName)) names.set(declaration, [...known, member.jsonName]);
  }
}

function declarationsOf(particle: Draft): string[] {
  if (particle.kind === 'element') return [declarationOf(particle.facts, mayRepeat(particle.max))];
  if (particle.kind === 'any' || mayRepeat(particle.max)) return [];
  return particle.particles.flatMap(declarationsOf);
}

/** Two elements with the same declaration read and write the same JSON. */
function declarationOf(facts: ElementFacts, isArray: boolean): string {
  const { name, type, nillable, fixed } = facts;
  return JSON.stringify([name.namespace, name.local, type, nillable, facts.default, fixed, isArray]);
}
