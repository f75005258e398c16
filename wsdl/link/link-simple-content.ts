import { ANY_SIMPLE_TYPE } from '../builtin-types.ts';
import type { Content, TypeDefinition } from '../contract.ts';
import type { ComplexContentNode } from '../parse/schema-nodes.ts';
import type { LinkContext } from './link-context.ts';
import { restrictSimpleType } from './link-simple-type.ts';
import type { TypeIdentity } from './type-table.ts';

type SimpleContentNode = Extract<ComplexContentNode, { kind: 'simple' }>;
type SimpleContent = Extract<Content, { kind: 'simple' }>;

/** Text content (XSD 1.0 Part 1, 3.4.2): the type of the base, narrowed if this step narrows it. */
export function linkSimpleContent(
  context: LinkContext,
  node: SimpleContentNode,
  base: TypeDefinition | undefined,
  identity: TypeIdentity,
): SimpleContent {
  const inherited = inheritedContent(base);
  const owner = { path: `${identity.key}/value`, label: `${identity.name}Value` };
  const written = node.type && context.types.simpleKeyOf(node.type, owner);
  if (!inherited && !written && base) {
    context.findings.tolerate(
      'XSD_INVALID',
      node.base.source,
      `"${node.base.written}" has no text content. Derive from it with complexContent.`,
      'as any text',
    );
  }
  const content = inherited ?? textOf(ANY_SIMPLE_TYPE);
  const narrowed = written ?? content.type;
  if (node.facets.length === 0) return { ...content, type: narrowed };
  return {
    ...content,
    type: context.types.define(owner, (anonymous) =>
      restrictSimpleType(context, narrowed, node.facets, anonymous),
    ).key,
  };
}

function inheritedContent(base: TypeDefinition | undefined): SimpleContent | undefined {
  if (base?.kind === 'simple') return textOf(base.key);
  return base?.content.kind === 'simple' ? base.content : undefined;
}

function textOf(type: string): SimpleContent {
  return { kind: 'simple', type, jsonName: 'value' };
}
