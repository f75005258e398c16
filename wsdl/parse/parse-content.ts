import { ATTRIBUTES, parseAttributes, parseWildcard } from './parse-attributes.ts';
import { FACETS, parseFacets, parseSimpleType } from './parse-simple-type.ts';
import type { SchemaContext } from './schema-context.ts';
import type {
  ComplexContentNode,
  ComplexTypeNode,
  ElementNode,
  GroupDefinitionNode,
  GroupNode,
  NameReference,
  ParticleNode,
  TypeUse,
} from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

// Complex types and particles contain each other, and so are parsed in one file.

/** `<complexType name? abstract? mixed? block?> (simpleContent | complexContent | particle?, attributes) </complexType>` (XSD 1.0 Part 1, 3.4.2) */
export function parseComplexType(
  context: SchemaContext,
  source: XmlElement,
  isGlobal = false,
): ComplexTypeNode {
  const { targetNamespace, values } = context;
  const wrapped = context
    .childrenOf(source)
    .find((child) => /^(simple|complex)Content$/.test(child.name.local));
  const isMixed = values.boolean(source, 'mixed');
  return {
    kind: 'complex-type',
    ...(isGlobal && { name: { namespace: targetNamespace, local: values.name(source) } }),
    targetNamespace,
    abstract: values.boolean(source, 'abstract'),
    mixed: wrapped ? values.boolean(wrapped, 'mixed', isMixed) : isMixed,
    block: context.block(source),
    content: wrapped ? parseDerived(context, wrapped, source) : parseDirect(context, source),
    ...context.documentation(source),
    source,
  };
}

function parseDirect(context: SchemaContext, source: XmlElement): ComplexContentNode {
  return { kind: 'direct', ...parseModel(context, source), attributes: parseAttributes(context, source) };
}

/** `<complexContent mixed?> (restriction | extension) </complexContent>`, `<simpleContent> ... </simpleContent>` */
function parseDerived(context: SchemaContext, wrapper: XmlElement, type: XmlElement): ComplexContentNode {
  for (const child of context.childrenOf(type)) if (child !== wrapper) context.unexpected(child, type);
  const [step, second] = context.childrenOf(wrapper);
  if (second) context.unexpected(second, wrapper);
  const derivation = step?.name.local;
  if (!step || (derivation !== 'extension' && derivation !== 'restriction')) {
    context.findings.tolerate(
      'XSD_INVALID',
      wrapper,
      `<${wrapper.rawName}> must contain an extension or a restriction. Add one.`,
      'as if it were not there',
    );
    return parseDirect(context, wrapper);
  }
  context.values.required(step, 'base');
  const base = context.reference(step, 'base');
  if (!base) return parseDirect(context, step);
  return wrapper.name.local === 'simpleContent'
    ? parseSimpleContent(context, step, derivation, base)
    : {
        kind: 'complex',
        derivation,
        base,
        ...parseModel(context, step),
        attributes: parseAttributes(context, step),
      };
}

function parseSimpleContent(
  context: SchemaContext,
  step: XmlElement,
  derivation: 'extension' | 'restriction',
  base: NameReference,
): ComplexContentNode {
  const children = context.childrenOf(step);
  for (const child of children) {
    const kind = child.name.local;
    const isRestriction = derivation === 'restriction' && (kind === 'simpleType' || FACETS.has(kind));
    if (!isRestriction && !ATTRIBUTES.has(kind)) context.unexpected(child, step);
  }
  const inline =
    derivation === 'restriction' ? children.find((child) => child.name.local === 'simpleType') : undefined;
  return {
    kind: 'simple',
    derivation,
    base,
    attributes: parseAttributes(context, step),
    ...(inline && { type: parseSimpleType(context, inline) }),
    facets: derivation === 'restriction' ? parseFacets(context, step) : [],
  };
}

function parseModel(context: SchemaContext, parent: XmlElement): { model?: ParticleNode } {
  const models: XmlElement[] = [];
  for (const child of context.childrenOf(parent)) {
    const kind = child.name.local;
    if (PARTICLES.has(kind) && kind !== 'element' && kind !== 'any' && models.length === 0)
      models.push(child);
    else if (!ATTRIBUTES.has(kind)) context.unexpected(child, parent);
  }
  const model = models[0] && parseParticle(context, models[0]);
  return model ? { model } : {};
}

const PARTICLES: ReadonlySet<string> = new Set(['element', 'sequence', 'choice', 'all', 'group', 'any']);

export function parseGlobalElement(context: SchemaContext, source: XmlElement): ElementNode {
  return parseElement(context, source, true);
}

/** `<group name> (all | choice | sequence) </group>` (XSD 1.0 Part 1, 3.7.2) */
export function parseGroupDefinition(context: SchemaContext, source: XmlElement): GroupDefinitionNode {
  const name = { namespace: context.targetNamespace, local: context.values.name(source) };
  const children = context.childrenOf(source);
  const model = children.find((child) => isModelGroup(child.name.local));
  for (const child of children) if (child !== model) context.unexpected(child, source);
  return { kind: 'group', name, ...(model && { model: parseGroup(context, model) }), source };
}

/** A child whose name is in `PARTICLES`; undefined if it refers to nothing, which is reported. */
function parseParticle(context: SchemaContext, element: XmlElement): ParticleNode | undefined {
  const kind = element.name.local;
  if (isModelGroup(kind)) return parseGroup(context, element);
  if (kind === 'any')
    return { kind: 'any', ...context.occurs(element), wildcard: parseWildcard(context, element) };
  if (kind === 'group') return parseGroupReference(context, element);
  if (element.attribute('ref') !== undefined) return parseElementReference(context, element);
  const local = parseElement(context, element);
  return local.name.local === '' ? undefined : local;
}

/** `<sequence minOccurs? maxOccurs?> (element | group | choice | sequence | any)* </sequence>` (XSD 1.0 Part 1, 3.8.2) */
function parseGroup(context: SchemaContext, source: XmlElement): GroupNode {
  const particles: ParticleNode[] = [];
  for (const child of context.childrenOf(source)) {
    if (!PARTICLES.has(child.name.local)) context.unexpected(child, source);
    else particles.push(...definite(parseParticle(context, child)));
  }
  return { kind: source.name.local as GroupNode['kind'], ...context.occurs(source), particles, source };
}

function parseGroupReference(context: SchemaContext, element: XmlElement): ParticleNode | undefined {
  context.values.required(element, 'ref');
  const reference = context.reference(element, 'ref');
  return reference && { kind: 'group-reference', reference, ...context.occurs(element) };
}

function parseElementReference(context: SchemaContext, element: XmlElement): ParticleNode | undefined {
  const reference = context.reference(element, 'ref');
  return (
    reference && {
      kind: 'element-reference',
      reference,
      ...context.occurs(element),
      ...context.documentation(element),
    }
  );
}

/** `<element name type? form? nillable? abstract? substitutionGroup? block? default? fixed?> (simpleType | complexType)? </element>` (XSD 1.0 Part 1, 3.3.2) */
function parseElement(context: SchemaContext, source: XmlElement, isGlobal = false): ElementNode {
  const isQualified = isGlobal || context.isQualified(source, 'elementFormDefault');
  const type = parseType(context, source);
  const substitutionGroup = context.reference(source, 'substitutionGroup');
  return {
    kind: 'element',
    name: { namespace: isQualified ? context.targetNamespace : '', local: context.values.name(source) },
    ...(isGlobal ? { min: 1, max: 1 } : context.occurs(source)),
    ...(type && { type }),
    nillable: context.values.boolean(source, 'nillable'),
    abstract: context.values.boolean(source, 'abstract'),
    ...(substitutionGroup && { substitutionGroup }),
    block: context.block(source),
    ...valueConstraint(source),
    ...context.documentation(source),
    ...expectedContentTypes(source),
    source,
  };
}

const IDENTITY_CONSTRAINTS: ReadonlySet<string> = new Set(['key', 'keyref', 'unique']);

function parseType(context: SchemaContext, element: XmlElement): TypeUse | undefined {
  const reference: NameReference | undefined = context.reference(element, 'type');
  let inline: TypeUse | undefined;
  for (const child of context.childrenOf(element)) {
    const kind = child.name.local;
    if (kind === 'complexType') inline = parseComplexType(context, child);
    else if (kind === 'simpleType') inline = parseSimpleType(context, child);
    else if (!IDENTITY_CONSTRAINTS.has(kind)) context.unexpected(child, element);
  }
  return reference ?? inline;
}

function valueConstraint(element: XmlElement): { default?: string; fixed?: string } {
  const byDefault = element.attribute('default');
  const fixed = element.attribute('fixed');
  return { ...(byDefault !== undefined && { default: byDefault }), ...(fixed !== undefined && { fixed }) };
}

const XMLMIME_NAMESPACES = ['http://www.w3.org/2005/05/xmlmime', 'http://www.w3.org/2004/11/xmlmime'];

/** `image/jpeg, text/*;q=0.5` (Describing Media Content of Binary Data in XML, 2.2), without parameters. */
function expectedContentTypes(element: XmlElement): { mediaTypes?: readonly string[] } {
  const written = XMLMIME_NAMESPACES.map((namespace) =>
    element.attribute('expectedContentTypes', namespace),
  ).find((value) => value !== undefined);
  const mediaTypes = (written ?? '')
    .split(',')
    .map((range) => range.split(';', 1)[0]!.trim().toLowerCase())
    .filter((range) => range !== '' && range !== '*/*');
  return mediaTypes.length > 0 ? { mediaTypes } : {};
}

function isModelGroup(kind: string): boolean {
  return kind === 'sequence' || kind === 'choice' || kind === 'all';
}

function definite<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
