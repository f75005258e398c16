import { ANY_SIMPLE_TYPE } from '../builtin-types.ts';
import type { AttributeUse, AttributeWildcard } from '../contract.ts';
import { qnameKey, type QNameKey } from '../qname.ts';
import type {
  AttributeGroupNode,
  AttributeNode,
  AttributeReferenceNode,
  AttributesNode,
  WildcardFacts,
} from '../parse/schema-nodes.ts';
import { jsonName } from './json-name.ts';
import type { LinkContext } from './link-context.ts';
import type { NameScope } from './name-scope.ts';
import { intersect, linkNamespaces } from './namespace-constraint.ts';

type WrittenUse = AttributeNode | AttributeReferenceNode;

/** Attributes as a type says them, attribute groups written out. */
export interface OwnAttributes {
  /** `prohibited` ones included, by name. */
  readonly uses: ReadonlyMap<QNameKey, WrittenUse>;
  readonly wildcard?: Wildcard;
}

type Wildcard = Omit<AttributeWildcard, 'jsonName'>;

export const ANY_ATTRIBUTE = '@anyAttribute';

export function collectAttributes(context: LinkContext, node: AttributesNode): OwnAttributes {
  const uses = new Map<QNameKey, WrittenUse>();
  const wildcards: Wildcard[] = [];
  collect(context, node, uses, wildcards, new Set());
  const [wildcard, ...others] = wildcards;
  if (!wildcard) return { uses };
  return {
    uses,
    wildcard: others.reduce(
      (all, other) => ({ ...all, namespaces: intersect(all.namespaces, other.namespaces) }),
      wildcard,
    ),
  };
}

/** An attribute use with its name in JSON, which the type it derives from may have given. */
export function linkAttribute(
  context: LinkContext,
  use: WrittenUse,
  owner: string,
  scope: NameScope,
): AttributeUse | undefined {
  const declared = use.kind === 'attribute' ? use : context.schemas.find('attribute', use.reference);
  if (!declared) return use.kind === 'attribute' ? undefined : unknownAttribute(context, use, scope);
  const { namespace, local } = declared.name;
  const path = use.kind === 'attribute' ? `${owner}/@${local}` : globalAttributePath(declared);
  const byDefault = use.default ?? (use.fixed === undefined ? declared.default : undefined);
  const fixed = use.fixed ?? (use.default === undefined ? declared.fixed : undefined);
  return {
    name: declared.name,
    jsonName: scope.take(jsonName(local, context.style), undefined, `@${qnameKey(namespace, local)}`),
    type: context.types.simpleKeyOf(declared.type, { path, label: local }),
    required: use.use === 'required',
    ...(byDefault !== undefined && { default: byDefault }),
    ...(fixed !== undefined && { fixed }),
    ...(declared.documentation !== undefined && { documentation: declared.documentation }),
  };
}

/** In place of an attribute that is not declared, which is reported: the name, and any value. */
function unknownAttribute(
  { style }: LinkContext,
  { reference: { name }, use }: AttributeReferenceNode,
  scope: NameScope,
): AttributeUse {
  const key = `@${qnameKey(name.namespace, name.local)}`;
  return {
    name,
    jsonName: scope.take(jsonName(name.local, style), undefined, key),
    type: ANY_SIMPLE_TYPE,
    required: use === 'required',
  };
}

export function globalAttributePath({ name }: AttributeNode): string {
  return `{${name.namespace}}/@${name.local}`;
}

function collect(
  context: LinkContext,
  node: AttributesNode,
  uses: Map<QNameKey, WrittenUse>,
  wildcards: Wildcard[],
  open: Set<AttributeGroupNode>,
): void {
  for (const use of node.uses) {
    if (use.kind !== 'attribute-group-reference') addUse(context, use, uses);
    else {
      const group = context.schemas.find('attribute-group', use.reference);
      if (group && !open.has(group)) collect(context, group.attributes, uses, wildcards, open.add(group));
      if (!group) wildcards.push({ namespaces: { kind: 'any' }, processContents: 'skip' });
    }
  }
  if (node.anyAttribute) wildcards.push(linkWildcard(node.anyAttribute));
}

/** The first of two with one name counts; a group may bring what the type itself has already. */
function addUse(context: LinkContext, use: WrittenUse, uses: Map<QNameKey, WrittenUse>): void {
  const { namespace, local } = use.kind === 'attribute' ? use.name : use.reference.name;
  const key = qnameKey(namespace, local);
  context.budget.spend(1, undefined);
  if (local !== '' && !uses.has(key)) uses.set(key, use);
}

function linkWildcard(facts: WildcardFacts): Wildcard {
  return { namespaces: linkNamespaces(facts), processContents: facts.processContents };
}
