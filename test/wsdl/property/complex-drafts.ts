import { attributesText, drawAnyAttribute, drawAttributes } from './attribute-drafts.ts';
import { DEEPEST, drawAllMembers, drawParticles, drawWildcard } from './particle-drafts.ts';
import {
  nextName,
  particleText,
  reference,
  type AttributeDraft,
  type ComplexDraft,
  type ParticleDraft,
  type Scope,
} from './schema-writer.ts';
import { pickSimple } from './simple-drafts.ts';

/** Declares a global complex type, often one derived from another. */
export function declareComplex(scope: Scope): ComplexDraft {
  const { choices, complex, draft } = scope;
  const name = nextName(draft, 'C');
  const base = complex.length > 0 && choices.chance(35) ? choices.pick(complex) : undefined;
  const declared = base ? derived(scope, name, base) : plain(scope, name);
  complex.push(declared);
  return declared;
}

/** Declares a named model group. */
export function declareGroup(scope: Scope): void {
  const { draft, groups, choices } = scope;
  const name = nextName(draft, 'M');
  const used = new Set<string>();
  const particles = drawParticles({ scope, used, self: undefined, depth: DEEPEST });
  const tag = satisfiable(choices.pick(['xs:sequence', 'xs:choice']), particles);
  draft.components.push(
    `<xs:group name="${name}"><${tag}>${particles.map(particleText).join('')}</${tag}></xs:group>`,
  );
  groups.push({ ref: reference(draft, name), used });
}

/** A choice among nothing can never be made: no document is valid, so there is nothing to hold to the law. */
function satisfiable(tag: string, particles: readonly unknown[]): string {
  return tag === 'xs:choice' && particles.length === 0 ? 'xs:sequence' : tag;
}

function plain(scope: Scope, name: string): ComplexDraft {
  const { choices } = scope;
  if (choices.chance(18)) return simpleContent(scope, name);
  const ref = reference(scope.draft, name);
  const used = new Set<string>();
  const isAll = choices.chance(15);
  const model = { scope, used, self: ref, depth: 0 };
  const drawn = isAll ? 'xs:all' : choices.pick(['xs:sequence', 'xs:sequence', 'xs:choice']);
  const particles = isAll ? drawAllMembers(model) : drawParticles(model);
  const tag = satisfiable(drawn, particles);
  const isClosed = tag === 'xs:sequence' && choices.chance(15);
  if (isClosed) particles.push(drawWildcard(scope));
  const isMixed = choices.chance(8);
  const attributes = drawAttributes(scope, used);
  const isAbstract = choices.chance(10);
  const body = `<${tag}>${particles.map(particleText).join('')}</${tag}>${attributesText(attributes)}${drawAnyAttribute(scope)}`;
  write(scope, name, { isAbstract, isMixed }, body);
  return {
    ref,
    isAbstract,
    isMixed,
    content: isAll ? 'all' : 'elements',
    model: { tag, particles },
    attributes,
    used,
    isClosed,
  };
}

function simpleContent(scope: Scope, name: string): ComplexDraft {
  const used = new Set<string>();
  const attributes = drawAttributes(scope, used);
  const base = pickSimple(scope).ref;
  write(
    scope,
    name,
    {},
    `<xs:simpleContent><xs:extension base="${base}">${attributesText(attributes)}</xs:extension></xs:simpleContent>`,
  );
  return {
    ref: reference(scope.draft, name),
    isAbstract: false,
    isMixed: false,
    content: 'simple',
    attributes,
    used,
    isClosed: false,
  };
}

function derived(scope: Scope, name: string, base: ComplexDraft): ComplexDraft {
  const mayRestrict = base.model !== undefined || base.content === 'simple';
  return mayRestrict && scope.choices.chance(35)
    ? restricted(scope, name, base)
    : extended(scope, name, base);
}

function extended(scope: Scope, name: string, base: ComplexDraft): ComplexDraft {
  const { choices, draft } = scope;
  const ref = reference(draft, name);
  const used = new Set(base.used);
  const mayAdd = base.content === 'elements' && !base.isClosed;
  const particles = mayAdd && choices.chance(75) ? drawParticles({ scope, used, self: ref, depth: 1 }) : [];
  const attributes = drawAttributes(scope, used);
  const group =
    particles.length === 0 ? '' : `<xs:sequence>${particles.map(particleText).join('')}</xs:sequence>`;
  const kind = base.content === 'simple' ? 'xs:simpleContent' : 'xs:complexContent';
  const isAbstract = choices.chance(5);
  write(
    scope,
    name,
    { isAbstract, isMixed: base.isMixed },
    `<${kind}><xs:extension base="${base.ref}">${group}${attributesText(attributes)}</xs:extension></${kind}>`,
  );
  const { isMixed, content, isClosed } = base;
  return {
    ref,
    isAbstract,
    isMixed,
    content,
    attributes: [...base.attributes, ...attributes],
    used,
    isClosed,
  };
}

function restricted(scope: Scope, name: string, base: ComplexDraft): ComplexDraft {
  const { choices } = scope;
  const particles = base.model?.particles.flatMap((particle) => narrowed(scope, particle)) ?? [];
  const attributes = base.attributes.map((attribute): AttributeDraft =>
    attribute.use === 'optional' && choices.chance(40)
      ? { ...attribute, use: choices.pick(['required', 'prohibited']) }
      : attribute,
  );
  const tag = satisfiable(base.model?.tag ?? '', particles);
  const group = tag === '' ? '' : `<${tag}>${particles.map(particleText).join('')}</${tag}>`;
  const kind = base.content === 'simple' ? 'xs:simpleContent' : 'xs:complexContent';
  write(
    scope,
    name,
    { isMixed: base.isMixed },
    `<${kind}><xs:restriction base="${base.ref}">${group}${attributesText(attributes)}</xs:restriction></${kind}>`,
  );
  const { isMixed, content, used, isClosed } = base;
  return {
    ref: reference(scope.draft, name),
    isAbstract: false,
    isMixed,
    content,
    attributes,
    used,
    isClosed,
  };
}

/** The particle as a restriction may have it: left out, required, or less often (XSD 1.0 Part 1, 3.9.6). */
function narrowed({ choices }: Scope, particle: ParticleDraft): ParticleDraft[] {
  if (particle.min === 0 && choices.chance(20)) return [];
  const min = particle.min === 0 && choices.chance(30) ? 1 : particle.min;
  const max = particle.max !== 1 && choices.chance(40) ? Math.max(min, 1) : particle.max;
  return [{ ...particle, min, max }];
}

function write(
  { draft }: Scope,
  name: string,
  { isAbstract = false, isMixed = false }: { readonly isAbstract?: boolean; readonly isMixed?: boolean },
  body: string,
): void {
  const attributes = `${isAbstract ? ' abstract="true"' : ''}${isMixed ? ' mixed="true"' : ''}`;
  draft.components.push(`<xs:complexType name="${name}"${attributes}>${body}</xs:complexType>`);
}
