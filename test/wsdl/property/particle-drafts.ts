import { attributesText, drawAttributes } from './attribute-drafts.ts';
import { anonymousSimple, pickSimple } from './simple-drafts.ts';
import { particleText, type ParticleDraft, type Scope } from './schema-writer.ts';

const NAMES = [
  'Id',
  'Name',
  'A',
  'B',
  'id',
  'IBAN',
  'Amount',
  'value',
  'Item',
  'e-f.g',
  '_x',
  'Straße',
  'type',
  'constructor',
] as const;

const OCCURRENCES: readonly (readonly [number, number | 'unbounded'])[] = [
  [1, 1],
  [0, 1],
  [0, 'unbounded'],
  [1, 'unbounded'],
  [1, 3],
  [2, 2],
  [0, 2],
];

/** Of elements in groups: libxml2 loses count of a bounded number within a group that repeats. */
const INNER_OCCURRENCES: typeof OCCURRENCES = OCCURRENCES.map(([min, max]) => [
  Math.min(min, 1),
  max === 1 ? 1 : 'unbounded',
]);

/** Groups within groups. */
export const DEEPEST = 3;

/** What is being filled: a content model whose local names must differ, in a type that may contain itself. */
export interface Model {
  readonly scope: Scope;
  readonly used: Set<string>;
  /** Reference to the type being declared. */
  readonly self: string | undefined;
  readonly depth: number;
  /** A group around it may occur more than once. */
  readonly repeats?: boolean;
}

export function drawParticles(model: Model): ParticleDraft[] {
  const { choices } = model.scope;
  return Array.from({ length: 1 + choices.below(4) }, () => drawParticle(model)).filter(
    (particle) => particle !== undefined,
  );
}

function drawParticle(model: Model): ParticleDraft | undefined {
  const { choices, budget } = model.scope;
  if (model.depth < DEEPEST && budget.left > 0 && choices.chance(22)) return drawGroup(model);
  return drawElement(model, choices.pick(model.depth === 0 ? OCCURRENCES : INNER_OCCURRENCES));
}

function drawGroup(model: Model): ParticleDraft | undefined {
  const { choices, groups } = model.scope;
  const [min, max] = groupOccurrence(model);
  const named = groups.find(({ used }) => [...used].every((name) => !model.used.has(name)));
  if (named && choices.chance(40)) {
    for (const name of named.used) model.used.add(name);
    return { head: `xs:group ref="${named.ref}"`, content: '', min, max };
  }
  const inner = { ...model, repeats: max !== 1 || model.repeats === true };
  const isCounted = min > 1 || (max !== 1 && max !== 'unbounded');
  const particles = drawParticles({ ...inner, depth: isCounted ? DEEPEST : model.depth + 1 });
  if (particles.length === 0) return undefined;
  return {
    head: choices.pick(['xs:sequence', 'xs:choice']),
    content: particles.map(particleText).join(''),
    min,
    max,
  };
}

/**
 * libxml2 loses count of groups, too, within a group that repeats, and of those that groups are in. Where occurrences part that are owed within occurrences that are owed, or that must be exactly so many, could only be
 * told by reading ahead: such groups are left out.
 */
function groupOccurrence({ scope, depth, repeats }: Model): (typeof OCCURRENCES)[number] {
  const [min, max] = scope.choices.pick(OCCURRENCES);
  if (min < 2) return [min, max === 1 || repeats !== true ? max : 'unbounded'];
  return depth === 0 ? [min, 'unbounded'] : [1, 'unbounded'];
}

/** Members of xs:all occur at most once (XSD 1.0 Part 1, 3.8.6). */
export function drawAllMembers(model: Model): ParticleDraft[] {
  const { choices } = model.scope;
  return Array.from({ length: 1 + choices.below(4) }, () => drawElement(model, [choices.below(2), 1])).filter(
    (particle) => particle !== undefined,
  );
}

function drawElement(model: Model, [min, max]: (typeof OCCURRENCES)[number]): ParticleDraft | undefined {
  const { choices, elements, budget } = model.scope;
  budget.left -= 1;
  if (elements.length > 0 && choices.chance(20)) {
    const { ref } = choices.pick(elements);
    if (model.used.has(ref)) return undefined;
    model.used.add(ref);
    return { head: `xs:element ref="${ref}"`, content: '', min, max };
  }
  const name = choices.pick(NAMES);
  if (model.used.has(name)) return undefined;
  model.used.add(name);
  return drawLocal(model, name, min, max);
}

function drawLocal(model: Model, name: string, min: number, max: number | 'unbounded'): ParticleDraft {
  const { choices, complex } = model.scope;
  const start = `xs:element name="${name}"${choices.pick(['', '', '', ' form="qualified"', ' form="unqualified"'])}`;
  const nillable = choices.chance(18) ? ' nillable="true"' : '';
  if (model.self !== undefined && choices.chance(6))
    return { head: `${start} type="${model.self}"${nillable}`, content: '', min: 0, max };
  if (complex.length > 0 && choices.chance(30))
    return { head: `${start} type="${choices.pick(complex).ref}"${nillable}`, content: '', min, max };
  if (model.depth < DEEPEST && model.scope.budget.left > 0 && choices.chance(12))
    return { head: `${start}${nillable}`, content: anonymousComplex(model), min, max };
  if (choices.chance(3)) return { head: `${start} type="xs:anyType"${nillable}`, content: '', min, max };
  return { ...simpleElement(model.scope, start, nillable), min, max };
}

function simpleElement(
  scope: Scope,
  start: string,
  nillable: string,
): { readonly head: string; readonly content: string } {
  const { choices } = scope;
  const isAnonymous = choices.chance(12);
  const anonymous = isAnonymous ? anonymousSimple(scope) : undefined;
  const named = anonymous ?? pickSimple(scope);
  const type = 'ref' in named ? ` type="${named.ref}"` : '';
  const value = named.examples.length > 0 && choices.chance(15) ? choices.pick(named.examples) : undefined;
  // A fixed value and nil exclude one another (XSD 1.0 Part 1, 3.3.4, clause 3.2.2).
  const kind = nillable === '' && choices.chance(50) ? 'fixed' : 'default';
  return {
    head: `${start}${type}${nillable}${value === undefined ? '' : ` ${kind}="${value}"`}`,
    content: anonymous?.content ?? '',
  };
}

function anonymousComplex(model: Model): string {
  const { scope } = model;
  const used = new Set<string>();
  const particles = drawParticles({ ...model, used, depth: model.depth + 1, repeats: false });
  const tag = scope.choices.pick(['xs:sequence', 'xs:choice']);
  const mixed = scope.choices.chance(10) ? ' mixed="true"' : '';
  const attributes = attributesText(drawAttributes(scope, used));
  return `<xs:complexType${mixed}><${tag}>${particles.map(particleText).join('')}</${tag}>${attributes}</xs:complexType>`;
}

/** A wildcard to close a sequence with. */
export function drawWildcard({ choices }: Scope): ParticleDraft {
  const namespace = choices.pick(['##other', 'urn:ext', '##local urn:ext', '##any']);
  const process = choices.pick(['lax', 'skip', 'lax', 'strict']);
  const [min, max] = choices.pick(OCCURRENCES);
  return {
    head: `xs:any namespace="${namespace}" processContents="${process}"`,
    content: '',
    min: process === 'strict' ? 0 : min,
    max,
  };
}
