import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { isBuiltinType, qnameKey, XSD_NAMESPACE } from '../wsdl/index.ts';
import type { SchemaDocument } from './schema-documents.ts';
import { escapeAttribute } from './xml-text.ts';

/** How a component is referred to, and so what it must be. */
type Kind = 'type' | 'simple-type' | 'element' | 'attribute' | 'group' | 'attributeGroup';

/** What the compiler takes in place of a component that is declared nowhere: content of any kind. */
const STUBS: Readonly<Record<Kind, string>> = {
  type: '<complexType name="$" mixed="true"><sequence><any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></sequence><anyAttribute processContents="skip"/></complexType>',
  'simple-type': '<simpleType name="$"><restriction base="string"/></simpleType>',
  element: '<element name="$" nillable="true"/>',
  attribute: '<attribute name="$"/>',
  group:
    '<group name="$"><sequence><any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></sequence></group>',
  attributeGroup: '<attributeGroup name="$"><anyAttribute processContents="skip"/></attributeGroup>',
};

interface Reference {
  readonly namespace: string;
  readonly local: string;
  readonly kind: Kind;
}

/** A reference where it stands. */
interface Place extends Reference {
  readonly element: XmlElement;
  readonly attribute: string;
}

/**
 * The schemas with what they refer to and none declares taken as the compiler takes it, so that one name that leads nowhere does not keep
 * libxml2 from judging all messages: an element or attribute is then of any type, for all else there is a stub.
 */
export function withoutDeadReferences(schemas: readonly SchemaDocument[]): SchemaDocument[] {
  const declared = new Declared(schemas);
  const stubs = new Map<string, Reference>();
  const repaired = schemas.map((schema): SchemaDocument => {
    const document = XmlDocument.fromString(schema.xml);
    try {
      const dead = [...referencesIn(document.root)].filter((reference) => !declared.has(reference));
      for (const { element, attribute, ...reference } of dead) {
        if (attribute === 'type') element.attr('type')?.remove();
        else stubs.set(identity(reference), reference);
      }
      return dead.length === 0 ? schema : { ...schema, xml: document.root.toString({ format: false }) };
    } finally {
      document.dispose();
    }
  });
  const byNamespace = Map.groupBy(stubs.values(), ({ namespace }) => namespace);
  return [...repaired, ...[...byNamespace].map(([namespace, group]) => toSchema(namespace, group))];
}

/** What the schemas declare. Those without a namespace may be included by schemas of any. */
class Declared {
  readonly #identities = new Set<string>();
  readonly #anywhere = new Set<string>();

  constructor(schemas: readonly SchemaDocument[]) {
    for (const { xml, targetNamespace } of schemas) {
      const document = XmlDocument.fromString(xml);
      for (const reference of declaredIn(document.root, targetNamespace)) {
        this.#identities.add(identity(reference));
        this.#anywhere.add(identity({ ...reference, namespace: '*' }));
      }
      document.dispose();
    }
  }

  has(reference: Reference): boolean {
    const { namespace } = reference;
    if (namespace === XSD_NAMESPACE)
      return !reference.kind.endsWith('type') || isBuiltinType(qnameKey(namespace, reference.local));
    if (this.#identities.has(identity(reference))) return true;
    const other = namespace === '' ? '*' : '';
    return (namespace === '' ? this.#anywhere : this.#identities).has(
      identity({ ...reference, namespace: other }),
    );
  }
}

/** Both kinds of type share one symbol space (XSD 1.0 Part 1, 2.5). */
function identity({ kind, namespace, local }: Reference): string {
  return `${kind === 'simple-type' ? 'type' : kind} ${qnameKey(namespace, local)}`;
}

function toSchema(targetNamespace: string, references: readonly Reference[]): SchemaDocument {
  const target = targetNamespace === '' ? '' : ` targetNamespace="${escapeAttribute(targetNamespace)}"`;
  const stubs = references.map(({ kind, local }) => STUBS[kind].replace('$', () => escapeAttribute(local)));
  const xml = `<schema xmlns="${XSD_NAMESPACE}"${target}>${stubs.join('')}</schema>`;
  return { targetNamespace, xml, includes: [], redefines: [] };
}

function* declaredIn(schema: XmlElement, namespace: string): Generator<Reference> {
  for (const component of elementsBelow(schema, 1)) {
    if (component.name === 'redefine') yield* declaredIn(component, namespace);
    const local = component.attr('name')?.value;
    const kind = component.name.endsWith('Type') ? 'type' : component.name;
    if (local !== undefined) yield { kind: kind as Kind, namespace, local };
  }
}

const REFERRING = ['type', 'base', 'ref', 'itemType', 'memberTypes', 'substitutionGroup'];

function* referencesIn(schema: XmlElement): Generator<Place> {
  for (const element of elementsBelow(schema, Infinity)) {
    if (element.namespaceUri !== XSD_NAMESPACE) continue;
    for (const attribute of REFERRING) {
      const names = element.attr(attribute)?.value.trim().split(/\s+/) ?? [];
      for (const name of names) {
        const [local = '', prefix = ''] = name.split(':').reverse();
        const bound = element.namespaceForPrefix(prefix);
        if (bound === null && prefix !== '') continue;
        const kind = kindOf(element, attribute);
        if (kind && local !== '') yield { kind, namespace: bound ?? '', local, element, attribute };
      }
    }
  }
}

function kindOf(element: XmlElement, attribute: string): Kind | undefined {
  const { name } = element;
  if (attribute === 'substitutionGroup') return 'element';
  if (attribute === 'ref')
    return ['element', 'attribute', 'group', 'attributeGroup'].includes(name) ? (name as Kind) : undefined;
  if (attribute === 'base') {
    const parent = element.parent;
    const isSimple = parent instanceof XmlElement && parent.name !== 'complexContent';
    return isSimple ? 'simple-type' : 'type';
  }
  return name === 'element' ? 'type' : 'simple-type';
}

function* elementsBelow(parent: XmlElement, depth: number): Generator<XmlElement> {
  for (let node = parent.firstChild; node !== null; node = node.next) {
    if (!(node instanceof XmlElement)) continue;
    yield node;
    if (depth > 1) yield* elementsBelow(node, depth - 1);
  }
}
