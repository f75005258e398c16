import { parseArrayType } from '../array-type.ts';
import { parseSimpleType } from './parse-simple-type.ts';
import type { SchemaContext } from './schema-context.ts';
import type {
  ArrayTypeNode,
  AttributeGroupNode,
  AttributeNode,
  AttributesNode,
  AttributeUseKind,
  TypeUse,
  WildcardFacts,
} from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

/** `<attribute name form? type? use? default? fixed?> simpleType? </attribute>` (XSD 1.0 Part 1, 3.2.2) */
export function parseAttribute(context: SchemaContext, source: XmlElement, isGlobal = false): AttributeNode {
  const type = typeOf(context, source);
  const isQualified = isGlobal || context.isQualified(source, 'attributeFormDefault');
  return {
    kind: 'attribute',
    name: { namespace: isQualified ? context.targetNamespace : '', local: context.values.name(source) },
    ...(type && { type }),
    ...useOf(context, source),
    ...context.documentation(source),
    source,
  };
}

/** `<attributeGroup name> (attribute | attributeGroup)*, anyAttribute? </attributeGroup>` (XSD 1.0 Part 1, 3.6.2) */
export function parseAttributeGroup(context: SchemaContext, source: XmlElement): AttributeGroupNode {
  const name = { namespace: context.targetNamespace, local: context.values.name(source) };
  for (const child of context.childrenOf(source)) {
    if (!ATTRIBUTES.has(child.name.local)) context.unexpected(child, source);
  }
  return { kind: 'attribute-group', name, attributes: parseAttributes(context, source), source };
}

export const ATTRIBUTES: ReadonlySet<string> = new Set(['attribute', 'attributeGroup', 'anyAttribute']);

/** What the children of `parent` say about attributes; other children are left to the caller. */
export function parseAttributes(context: SchemaContext, parent: XmlElement): AttributesNode {
  const children = context.childrenOf(parent);
  const anyAttribute = children.find((child) => child.name.local === 'anyAttribute');
  return {
    uses: children.flatMap((child) => parseUse(context, child)),
    ...(anyAttribute && { anyAttribute: parseWildcard(context, anyAttribute) }),
  };
}

export function parseWildcard(context: SchemaContext, element: XmlElement): WildcardFacts {
  return {
    namespaces: element.attribute('namespace')?.trim() ?? '##any',
    processContents: context.values.oneOf(element, 'processContents', ['strict', 'lax', 'skip'], 'strict'),
    targetNamespace: context.targetNamespace,
  };
}

function parseUse(context: SchemaContext, element: XmlElement): AttributesNode['uses'][number][] {
  const isGroup = element.name.local === 'attributeGroup';
  if (!isGroup && element.name.local !== 'attribute') return [];
  if (!isGroup && element.attribute('ref') === undefined) return [parseAttribute(context, element)];
  if (isGroup) context.values.required(element, 'ref');
  const reference = context.reference(element, 'ref');
  if (!reference) return [];
  return isGroup
    ? [{ kind: 'attribute-group-reference', reference }]
    : [
        {
          kind: 'attribute-reference',
          reference,
          ...arrayTypeOf(context, element),
          ...useOf(context, element),
        },
      ];
}

/** Some write the attribute without the namespace of WSDL, or in that of SOAP encoding; some forget the brackets. */
function arrayTypeOf(context: SchemaContext, element: XmlElement): { arrayType?: ArrayTypeNode } {
  const written = [...element.attributes].find(([name]) => /^(\{.*\})?arrayType$/.test(name))?.[1].trim();
  if (written === undefined) return {};
  const { itemType, ranks } = parseArrayType(written);
  const item = context.referenceTo(element, itemType);
  return item ? { arrayType: { item, ranks: ranks.length > 0 ? ranks : [1] } } : {};
}

function useOf(
  context: SchemaContext,
  element: XmlElement,
): { use: AttributeUseKind; default?: string; fixed?: string } {
  const byDefault = element.attribute('default');
  const fixed = element.attribute('fixed');
  return {
    use: context.values.oneOf(element, 'use', ['optional', 'required', 'prohibited'], 'optional'),
    ...(byDefault !== undefined && { default: byDefault }),
    ...(fixed !== undefined && { fixed }),
  };
}

function typeOf(context: SchemaContext, element: XmlElement): TypeUse | undefined {
  let inline: TypeUse | undefined;
  for (const child of context.childrenOf(element)) {
    if (child.name.local === 'simpleType') inline = parseSimpleType(context, child);
    else context.unexpected(child, element);
  }
  return context.reference(element, 'type') ?? inline;
}
