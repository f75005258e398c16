import { ANY_TYPE, builtinType } from '../builtin-types.ts';
import type { AttributeUse, AttributeWildcard, ComplexType, Content, GroupParticle } from '../contract.ts';
import { qnameKey, type QNameKey } from '../qname.ts';
import type { ComplexContentNode, ComplexTypeNode, ParticleNode } from '../parse/schema-nodes.ts';
import { extendingScope, restrictingScope } from './base-names.ts';
import { expandParticle } from './expand-particle.ts';
import { ANY_ATTRIBUTE, collectAttributes, linkAttribute, type OwnAttributes } from './link-attributes.ts';
import type { LinkContext } from './link-context.ts';
import { linkSoapArray } from './link-soap-array.ts';
import { linkSimpleContent } from './link-simple-content.ts';
import { nameModel } from './name-members.ts';
import { warnOfModel } from './warn-of-model.ts';
import { NameScope } from './name-scope.ts';
import { unite } from './namespace-constraint.ts';
import { normaliseModel } from './normalise-group.ts';
import type { TypeIdentity } from './type-table.ts';

/** What a type gets from its own words and its base. */
interface Substance {
  readonly content: Content;
  readonly attributes: readonly AttributeUse[];
  readonly anyAttribute?: AttributeWildcard;
}

type DerivedNode = Extract<ComplexContentNode, { kind: 'complex' }>;

/** XSD 1.0 Part 1, 3.4. `substitutes` and `unwrapped` are known only when all types are: see `finishTypes`. */
export function linkComplexType(
  context: LinkContext,
  node: ComplexTypeNode,
  identity: TypeIdentity,
): ComplexType {
  const array = linkSoapArray(context, node, identity);
  if (array) return array;
  const { content } = node;
  const common = {
    kind: 'complex',
    ...identity,
    ...(node.documentation !== undefined && { documentation: node.documentation }),
    abstract: node.abstract,
    substitutes: [],
    unwrapped: false,
  } as const;
  if (content.kind === 'direct') return { ...common, ...linkDirect(context, node, content, identity) };
  const base = baseOf(context, content, identity);
  const derived = { ...common, base, derivation: content.derivation };
  if (content.kind === 'simple') return { ...derived, ...linkSimpleStep(context, content, base, identity) };
  const from = complexBase(context, base, content);
  return content.derivation === 'extension'
    ? { ...derived, ...extend(context, node, content, from, identity) }
    : { ...derived, ...restrict(context, node, content, from, identity) };
}

function linkDirect(
  context: LinkContext,
  node: ComplexTypeNode,
  { model, attributes }: Pick<DerivedNode, 'model' | 'attributes'>,
  { key }: TypeIdentity,
): Substance {
  const scope = new NameScope();
  const content = contentOf(ownModel(context, model, key, scope), node.mixed);
  warnOfModel(context, node, content);
  const own = collectAttributes(context, attributes);
  return { content, attributes: linkOwn(context, own, key, scope), ...wildcard(own.wildcard) };
}

/** Content of the base, then the type's own (3.4.2). */
function extend(
  context: LinkContext,
  node: ComplexTypeNode,
  { model, attributes }: DerivedNode,
  base: ComplexType,
  { key }: TypeIdentity,
): Substance {
  const scope = extendingScope(base);
  const added = ownModel(context, model, key, scope);
  const own = collectAttributes(context, attributes);
  const content = extendContent(context, base.content, added, node);
  if (added) warnOfModel(context, node, content, added);
  return {
    content,
    attributes: inherit(context, own, base, key, scope),
    ...wildcard(
      own.wildcard && base.anyAttribute
        ? { ...own.wildcard, namespaces: unite(own.wildcard.namespaces, base.anyAttribute.namespaces) }
        : (own.wildcard ?? base.anyAttribute),
    ),
  };
}

function extendContent(
  context: LinkContext,
  base: Content,
  added: GroupParticle | undefined,
  node: ComplexTypeNode,
): Content {
  if (base.kind === 'simple') {
    if (added)
      context.findings.tolerate(
        'XSD_INVALID',
        node.source,
        'A base with text content cannot be extended by elements. Use a base with element content.',
        'as text alone',
      );
    return base;
  }
  const before = base.kind === 'empty' ? undefined : base.model;
  context.budget.spend(before?.particles.length ?? 0, node.source);
  return contentOf(
    before && added ? concatenate(before, added) : (before ?? added),
    node.mixed || base.kind === 'mixed',
  );
}

/** Own content; attributes of the base but for those said anew or prohibited (3.4.2). */
function restrict(
  context: LinkContext,
  node: ComplexTypeNode,
  { model, attributes }: DerivedNode,
  base: ComplexType,
  { key }: TypeIdentity,
): Substance {
  const scope = restrictingScope(base);
  const restricted = ownModel(context, model, key, scope);
  const own = collectAttributes(context, attributes);
  const content = contentOf(restricted, node.mixed);
  warnOfModel(context, node, content);
  return { content, attributes: inherit(context, own, base, key, scope), ...wildcard(own.wildcard) };
}

function linkSimpleStep(
  context: LinkContext,
  content: Extract<ComplexContentNode, { kind: 'simple' }>,
  base: QNameKey,
  identity: TypeIdentity,
): Substance {
  const from = context.types.definition(base);
  const complex = from?.kind === 'complex' ? from : undefined;
  const own = collectAttributes(context, content.attributes);
  const scope = complex && base !== ANY_TYPE ? restrictingScope(complex) : new NameScope(['value']);
  return {
    content: linkSimpleContent(context, content, from, identity),
    attributes: complex
      ? inherit(context, own, complex, identity.key, scope)
      : linkOwn(context, own, identity.key, scope),
    ...wildcard(
      own.wildcard ??
        (content.derivation === 'extension' && base !== ANY_TYPE ? complex?.anyAttribute : undefined),
    ),
  };
}

function ownModel(
  context: LinkContext,
  particle: ParticleNode | undefined,
  owner: string,
  scope: NameScope,
): GroupParticle | undefined {
  const model = particle && normaliseModel(expandParticle(context, particle, owner));
  return model && nameModel(model, scope, context.style);
}

/** Attributes of the base, those said anew in their places, then new ones. */
function inherit(
  context: LinkContext,
  own: OwnAttributes,
  base: ComplexType,
  owner: string,
  scope: NameScope,
): AttributeUse[] {
  const left = new Map(own.uses);
  context.budget.spend(base.attributes.length, undefined);
  const inherited = base.attributes.flatMap((attribute) => {
    const key = qnameKey(attribute.name.namespace, attribute.name.local);
    const anew = left.get(key);
    left.delete(key);
    if (!anew) return [attribute];
    const linked = anew.use === 'prohibited' ? undefined : linkAttribute(context, anew, owner, scope);
    return linked ? [{ ...linked, jsonName: attribute.jsonName }] : [];
  });
  return [...inherited, ...linkOwn(context, { uses: left }, owner, scope)];
}

function linkOwn(
  context: LinkContext,
  { uses }: OwnAttributes,
  owner: string,
  scope: NameScope,
): AttributeUse[] {
  const used = [...uses.values()].filter(({ use }) => use !== 'prohibited');
  return used
    .map((use) => linkAttribute(context, use, owner, scope))
    .filter((attribute) => attribute !== undefined);
}

function wildcard(own: OwnAttributes['wildcard']): { anyAttribute?: AttributeWildcard } {
  if (!own) return {};
  return {
    anyAttribute: {
      jsonName: ANY_ATTRIBUTE,
      namespaces: own.namespaces,
      processContents: own.processContents,
    },
  };
}

function contentOf(model: GroupParticle | undefined, isMixed: boolean): Content {
  if (isMixed) return { kind: 'mixed', ...(model && { model }), jsonName: '@mixed' };
  return model ? { kind: 'elements', model } : { kind: 'empty' };
}

function concatenate(first: GroupParticle, second: GroupParticle): GroupParticle {
  return { kind: 'sequence', min: 1, max: 1, particles: [...flat(first), ...flat(second)] };
}

function flat(group: GroupParticle): readonly GroupParticle['particles'][number][] {
  return group.kind === 'sequence' && group.min === 1 ? group.particles : [group];
}

/** A base that is derived from this type, which is reported, counts as anyType. */
function baseOf(
  context: LinkContext,
  { base }: Exclude<ComplexContentNode, { kind: 'direct' }>,
  { key, name }: TypeIdentity,
): QNameKey {
  const baseKey = context.types.keyOf(base, { path: key, label: name });
  return context.types.definition(baseKey) ? baseKey : ANY_TYPE;
}

function complexBase(context: LinkContext, key: QNameKey, content: DerivedNode): ComplexType {
  const base = context.types.definition(key);
  if (base?.kind === 'complex') return base;
  if (base)
    context.findings.tolerate(
      'XSD_INVALID',
      content.base.source,
      `"${content.base.written}" is a simple type. Derive from it with simpleContent.`,
      'as derived from any type',
    );
  return builtinType(ANY_TYPE) as ComplexType;
}
