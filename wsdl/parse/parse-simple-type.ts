import type { SchemaContext } from './schema-context.ts';
import type { FacetNode, NameReference, SimpleTypeNode, SimpleVarietyNode, TypeUse } from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

/** `<simpleType name?> (restriction | list | union) </simpleType>` (XSD 1.0 Part 1, 3.14.2) */
export function parseSimpleType(
  context: SchemaContext,
  source: XmlElement,
  isGlobal = false,
): SimpleTypeNode {
  const { targetNamespace } = context;
  return {
    kind: 'simple-type',
    ...(isGlobal && { name: { namespace: targetNamespace, local: context.values.name(source) } }),
    targetNamespace,
    variety: parseVariety(context, source),
    ...context.documentation(source),
    source,
  };
}

/** Facets among the children of a restriction; simpleType and attributes are left to the caller. */
export function parseFacets(context: SchemaContext, restriction: XmlElement): FacetNode[] {
  return context
    .childrenOf(restriction)
    .filter((child) => FACETS.has(child.name.local))
    .map((source) => ({ name: source.name.local, value: context.values.required(source, 'value'), source }));
}

export const FACETS: ReadonlySet<string> = new Set([
  'length',
  'minLength',
  'maxLength',
  'pattern',
  'enumeration',
  'whiteSpace',
  'minInclusive',
  'maxInclusive',
  'minExclusive',
  'maxExclusive',
  'totalDigits',
  'fractionDigits',
]);

function parseVariety(context: SchemaContext, source: XmlElement): SimpleVarietyNode {
  const [child, second] = context.childrenOf(source);
  if (second) context.unexpected(second, source);
  switch (child?.name.local) {
    case 'restriction':
      return parseRestriction(context, child);
    case 'list':
      return parseList(context, child);
    case 'union':
      return parseUnion(context, child);
    case undefined:
      context.findings.tolerate(
        'XSD_INVALID',
        source,
        `<${source.rawName}> is empty. Give it a restriction, list or union.`,
        'as any text',
      );
      break;
    default:
      context.unexpected(child!, source);
  }
  return { kind: 'restriction', facets: [] };
}

/** `<restriction base?> simpleType?, facet* </restriction>` (XSD 1.0 Part 2, 4.1.2) */
function parseRestriction(context: SchemaContext, restriction: XmlElement): SimpleVarietyNode {
  for (const child of context.childrenOf(restriction)) {
    if (child.name.local !== 'simpleType' && !FACETS.has(child.name.local))
      context.unexpected(child, restriction);
  }
  const base = parseTypeUse(context, restriction, 'base');
  if (!base && restriction.attribute('base') === undefined) {
    context.findings.tolerate(
      'XSD_INVALID',
      restriction,
      `<${restriction.rawName}> lacks the attribute "base". Add it.`,
      'as any text',
    );
  }
  return { kind: 'restriction', ...(base && { base }), facets: parseFacets(context, restriction) };
}

/** `<list itemType?> simpleType? </list>` */
function parseList(context: SchemaContext, list: XmlElement): SimpleVarietyNode {
  const itemType = parseTypeUse(context, list, 'itemType');
  if (!itemType && list.attribute('itemType') === undefined) {
    const message = `<${list.rawName}> lacks the attribute "itemType". Add it.`;
    context.findings.tolerate('XSD_INVALID', list, message, 'as a list of any text');
  }
  return { kind: 'list', ...(itemType && { itemType }) };
}

/** `<union memberTypes?> simpleType* </union>` */
function parseUnion(context: SchemaContext, union: XmlElement): SimpleVarietyNode {
  const named = (union.attribute('memberTypes') ?? '').split(/\s+/).filter((written) => written !== '');
  const references = named.map((written) => context.referenceTo(union, written)).filter(isReference);
  return { kind: 'union', memberTypes: [...references, ...inlineSimpleTypes(context, union)] };
}

function parseTypeUse(context: SchemaContext, element: XmlElement, attribute: string): TypeUse | undefined {
  return context.reference(element, attribute) ?? inlineSimpleTypes(context, element)[0];
}

function inlineSimpleTypes(context: SchemaContext, element: XmlElement): SimpleTypeNode[] {
  const inline = context.childrenOf(element).filter((child) => child.name.local === 'simpleType');
  return inline.map((child) => parseSimpleType(context, child));
}

function isReference(reference: NameReference | undefined): reference is NameReference {
  return reference !== undefined;
}
