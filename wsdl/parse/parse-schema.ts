import type { Findings } from './findings.ts';
import { parseAttribute, parseAttributeGroup } from './parse-attributes.ts';
import { parseComplexType, parseGlobalElement, parseGroupDefinition } from './parse-content.ts';
import { parseSimpleType } from './parse-simple-type.ts';
import { SchemaContext } from './schema-context.ts';
import type { ComponentNode, SchemaNode, SchemaReferenceNode } from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

/**
 * `<schema targetNamespace? elementFormDefault? attributeFormDefault? blockDefault?> (include | import | redefine |
 * simpleType | complexType | group | attributeGroup | element | attribute | notation)* </schema>` (XSD 1.0 Part 1, 3.15.2)
 *
 * @param namespace what a schema without target namespace takes from the one that includes it.
 * @param layer see `redefinedName`.
 */
export function parseSchema(
  source: XmlElement,
  namespace: string | undefined,
  findings: Findings,
  layer: number = 0,
): SchemaNode {
  const context = new SchemaContext(source, namespace, findings, layer);
  const components: ComponentNode[] = [];
  const references: SchemaReferenceNode[] = [];
  const redefinitions: ComponentNode[] = [];
  for (const child of context.childrenOf(source)) {
    const kind = child.name.local;
    if (kind === 'include' || kind === 'import' || kind === 'redefine')
      references.push({ kind, source: child });
    if (kind === 'redefine') redefinitions.push(...parseRedefinitions(context, child));
    else if (!NOT_COMPONENTS.has(kind)) components.push(...parseComponent(context, child, source));
  }
  return { targetNamespace: context.targetNamespace, components, references, redefinitions, source };
}

const NOT_COMPONENTS: ReadonlySet<string> = new Set(['include', 'import', 'notation']);

const COMPONENTS: Readonly<Record<string, (context: SchemaContext, element: XmlElement) => ComponentNode>> = {
  element: parseGlobalElement,
  attribute: (context, element) => parseAttribute(context, element, true),
  simpleType: (context, element) => parseSimpleType(context, element, true),
  complexType: (context, element) => parseComplexType(context, element, true),
  group: parseGroupDefinition,
  attributeGroup: parseAttributeGroup,
};

/** @returns nothing for what has no name: that is reported. */
function parseComponent(context: SchemaContext, element: XmlElement, parent: XmlElement): ComponentNode[] {
  const parse = Object.hasOwn(COMPONENTS, element.name.local) ? COMPONENTS[element.name.local] : undefined;
  if (!parse) {
    context.unexpected(element, parent);
    return [];
  }
  const component = parse(context, element);
  return component.name?.local ? [component] : [];
}

function parseRedefinitions(context: SchemaContext, redefine: XmlElement): ComponentNode[] {
  return context.childrenOf(redefine).flatMap((child) => {
    const name = { namespace: context.targetNamespace, local: child.attribute('name')?.trim() ?? '' };
    return context.redefining(name, () => parseComponent(context, child, redefine));
  });
}
