import { ANY_SIMPLE_TYPE, builtinType } from '../builtin-types.ts';
import type { SimpleType } from '../contract.ts';
import { qnameKey, type QNameKey } from '../qname.ts';
import type { FacetNode, SimpleTypeNode } from '../parse/schema-nodes.ts';
import { SWA_REF_NAMESPACE } from './builtin-schemas.ts';
import { narrowFacets } from './facets.ts';
import type { LinkContext } from './link-context.ts';
import type { Owner, TypeIdentity } from './type-table.ts';

/** XSD 1.0 Part 1, 3.14. */
export function linkSimpleType(
  context: LinkContext,
  node: SimpleTypeNode,
  identity: TypeIdentity,
): SimpleType {
  const documented = {
    ...identity,
    ...(node.documentation !== undefined && { documentation: node.documentation }),
  };
  const { variety } = node;
  if (variety.kind === 'list') return linkList(context, variety.itemType, documented);
  if (variety.kind === 'union') return linkUnion(context, variety.memberTypes, documented);
  const base = context.types.simpleKeyOf(variety.base, inside(identity, 'base', 'Base'));
  return restrictSimpleType(context, base, variety.facets, documented);
}

/** WS-I Attachments Profile 1.0, 4.4. */
const SWA_REF = qnameKey(SWA_REF_NAMESPACE, 'swaRef');

/** A restriction of `base`; a base that is circular, which is reported, counts as anySimpleType. */
export function restrictSimpleType(
  context: LinkContext,
  base: QNameKey,
  facets: readonly FacetNode[],
  identity: TypeIdentity,
): SimpleType {
  const from = context.types.simpleDefinition(base) ?? anySimpleType();
  const isQName =
    from.variety.kind === 'atomic' &&
    (from.variety.builtin === 'QName' || from.variety.builtin === 'NOTATION');
  const isSwaRef = from.swaRef ?? identity.key === SWA_REF;
  return {
    kind: 'simple',
    ...identity,
    base: from.key,
    variety: from.variety,
    facets: narrowFacets(from.facets, facets, isQName, context.findings),
    ...(isSwaRef && { swaRef: true }),
  };
}

type Use = Parameters<LinkContext['types']['simpleKeyOf']>[0];

function linkList(context: LinkContext, item: Use, identity: TypeIdentity): SimpleType {
  const itemType = linkPart(context, item, inside(identity, 'item', 'Item'));
  return {
    kind: 'simple',
    ...identity,
    base: ANY_SIMPLE_TYPE,
    variety: { kind: 'list', itemType },
    facets: { whiteSpace: 'collapse' },
  };
}

function linkUnion(context: LinkContext, members: readonly Use[], identity: TypeIdentity): SimpleType {
  const memberTypes = members.map((member, index) =>
    linkPart(context, member, inside(identity, `member${index + 1}`, `Member${index + 1}`)),
  );
  return {
    kind: 'simple',
    ...identity,
    base: ANY_SIMPLE_TYPE,
    variety: { kind: 'union', memberTypes },
    facets: { whiteSpace: 'preserve' },
  };
}

/** Links the part at once, so that a type made of itself is found. */
function linkPart(context: LinkContext, use: Use, owner: Owner): QNameKey {
  const key = context.types.simpleKeyOf(use, owner);
  return context.types.simpleDefinition(key) ? key : ANY_SIMPLE_TYPE;
}

function inside(identity: TypeIdentity, step: string, label: string): Owner {
  return { path: `${identity.key}/${step}`, label: identity.name + label };
}

function anySimpleType(): SimpleType {
  return builtinType(ANY_SIMPLE_TYPE) as SimpleType;
}
