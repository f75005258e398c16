import { ANY_TYPE, isSoapArrayType } from '../builtin-types.ts';
import type { ComplexType, ElementParticle } from '../contract.ts';
import { qnameKey, type QNameKey } from '../qname.ts';
import type { ArrayTypeNode, ComplexTypeNode, ElementNode, ParticleNode } from '../parse/schema-nodes.ts';
import { jsonName } from './json-name.ts';
import type { LinkContext } from './link-context.ts';
import type { TypeIdentity } from './type-table.ts';

/**
 * A type that is, or is derived from, SOAP-ENC:Array. What is in it is said by wsdl:arrayType (WSDL 1.1, 2.2), else by
 * the one element of its content, else by an array it derives from; else it may be anything.
 *
 * @returns undefined for any other type.
 */
export function linkSoapArray(
  context: LinkContext,
  node: ComplexTypeNode,
  identity: TypeIdentity,
): ComplexType | undefined {
  if (isSoapArrayType(identity.key)) return arrayOf(context, node, identity, 1, itemOf(context, ANY_TYPE));
  const base = baseArray(context, node);
  if (!base) return undefined;
  const arrayType = arrayTypeOf(node);
  const declared = itemElement(node);
  if (!arrayType && !declared && base !== 'any') return { ...base, ...identity };
  const [items, rank] = arrayType
    ? nest(context, arrayType, identity)
    : [elementType(context, declared, identity), 1];
  return arrayOf(context, node, identity, rank, itemOf(context, items, declared?.name.local));
}

/** The array that the type derives from: `any` for SOAP-ENC:Array itself. */
function baseArray(context: LinkContext, { content }: ComplexTypeNode): ComplexType | 'any' | undefined {
  if (content.kind !== 'complex') return undefined;
  const { name } = content.base;
  const key = qnameKey(name.namespace, name.local);
  if (isSoapArrayType(key)) return 'any';
  const base = context.types.isComplex(key) ? context.types.definition(key) : undefined;
  return base?.kind === 'complex' && base.soapArray ? base : undefined;
}

function arrayTypeOf({ content }: ComplexTypeNode): ArrayTypeNode | undefined {
  if (content.kind !== 'complex') return undefined;
  for (const use of content.attributes.uses)
    if (use.kind === 'attribute-reference' && use.arrayType) return use.arrayType;
  return undefined;
}

/** The only element of the content, however it is grouped. */
function itemElement({ content }: ComplexTypeNode): ElementNode | undefined {
  return content.kind === 'complex' && content.model ? onlyElement(content.model) : undefined;
}

function onlyElement(particle: ParticleNode): ElementNode | undefined {
  if (particle.kind === 'element') return particle;
  if (!('particles' in particle) || particle.particles.length !== 1) return undefined;
  return onlyElement(particle.particles[0]!);
}

function elementType(
  context: LinkContext,
  element: ElementNode | undefined,
  { key, name }: TypeIdentity,
): QNameKey {
  return element
    ? context.types.keyOf(element.type, { path: `${key}/item`, label: `${name}Item` })
    : ANY_TYPE;
}

/** `X[][,]`: every array but the outermost is a type without a name. @returns item type and rank of the outermost. */
function nest(
  context: LinkContext,
  { item, ranks }: ArrayTypeNode,
  owner: TypeIdentity,
): [items: QNameKey, rank: number] {
  const inner = context.types.keyOf(item, { path: `${owner.key}/item`, label: `${owner.name}Item` });
  const items = ranks.slice(0, -1).reduce((key, rank) => nameless(context, owner, rank, key), inner);
  return [items, ranks.at(-1) ?? 1];
}

function nameless(context: LinkContext, owner: TypeIdentity, rank: number, items: QNameKey): QNameKey {
  const place = { path: `${owner.key}/item`, label: `${owner.name}Item` };
  const type = context.types.define(place, (identity) =>
    arrayOf(context, undefined, identity, rank, itemOf(context, items)),
  );
  return type.key;
}

function itemOf(context: LinkContext, type: QNameKey, local = 'item'): ElementParticle {
  return {
    kind: 'element',
    name: { namespace: '', local },
    jsonName: jsonName(local, context.style),
    type,
    min: 0,
    max: 'unbounded',
    nillable: true,
    always: true,
  };
}

function arrayOf(
  context: LinkContext,
  node: ComplexTypeNode | undefined,
  identity: TypeIdentity,
  dimensions: number,
  item: ElementParticle,
): ComplexType {
  const items =
    dimensions > 1
      ? { ...item, type: nameless(context, identity, dimensions - 1, item.type), nillable: false }
      : item;
  return {
    kind: 'complex',
    ...identity,
    ...(node?.documentation !== undefined && { documentation: node.documentation }),
    abstract: false,
    content: { kind: 'elements', model: { kind: 'sequence', min: 1, max: 1, particles: [items] } },
    attributes: [],
    substitutes: [],
    unwrapped: true,
    soapArray: { dimensions },
  };
}
