import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { resolveLocation, XSD_NAMESPACE, type SourceDocument } from '../wsdl/index.ts';

/** A schema of the contract, inline or a document of its own, made independent of where it stood. */
export interface SchemaDocument {
  readonly targetNamespace: string;
  /** The xs:schema element without its imports and includes; a redefine points to `redefineMark` and the document's URI. */
  readonly xml: string;
  /** URIs of the documents that it includes or redefines. */
  readonly includes: readonly string[];
  readonly redefines: readonly string[];
  /** URI of the document, if it is one of its own. */
  readonly uri?: string;
}

/** Stands in `schemaLocation` until the name of the redefined document is known. */
export const redefineMark = 'portico-redefine:';

/** All schemas of a contract. A document that libxml2 cannot parse is left out: the compiler has reported it. */
export function schemaDocumentsOf(documents: readonly SourceDocument[]): SchemaDocument[] {
  const declared = new Set<string>();
  return documents.flatMap((source) => {
    const document = parse(source.bytes);
    if (!document) return [];
    try {
      return schemasIn(document, source, declared);
    } finally {
      document.dispose();
    }
  });
}

function parse(bytes: Uint8Array): XmlDocument | undefined {
  try {
    return XmlDocument.fromBuffer(bytes);
  } catch {
    return undefined;
  }
}

function schemasIn(
  document: XmlDocument,
  { uri, kind }: SourceDocument,
  declared: Set<string>,
): SchemaDocument[] {
  if (kind === 'schema') return [{ ...toSchema(document.root, uri, declared), uri }];
  const found = document.find('//xs:schema', { xs: XSD_NAMESPACE });
  return found.filter((node) => node instanceof XmlElement).map((schema) => toSchema(schema, uri, declared));
}

function toSchema(schema: XmlElement, uri: string, declared: Set<string>): SchemaDocument {
  bringNamespaces(schema);
  dropRepeated(schema, declared);
  const includes: string[] = [];
  const redefines: string[] = [];
  for (const child of elementsIn(schema)) {
    const { name } = child;
    if (child.namespaceUri !== XSD_NAMESPACE || !['import', 'include', 'redefine'].includes(name)) continue;
    const location = child.attr('schemaLocation');
    const target = location ? resolveLocation(uri, location.value.trim()) : undefined;
    if (name === 'include' && target !== undefined) includes.push(target);
    if (name !== 'redefine') child.remove();
    else if (location && target !== undefined) {
      redefines.push(target);
      location.value = redefineMark + target;
    }
  }
  const targetNamespace = schema.attr('targetNamespace')?.value ?? '';
  return { targetNamespace, xml: schema.toString({ format: false }), includes, redefines };
}

/** What is declared twice counts once, as it does for the compiler: the first is meant. */
function dropRepeated(schema: XmlElement, declared: Set<string>): void {
  const namespace = schema.attr('targetNamespace')?.value ?? '';
  // Without a namespace it may be included by schemas of several.
  if (namespace === '') return;
  for (const component of elementsIn(schema)) {
    const name = component.attr('name')?.value;
    if (name === undefined || component.namespaceUri !== XSD_NAMESPACE) continue;
    const space = component.name.endsWith('Type') ? 'type' : component.name;
    const identity = `${space} {${namespace}}${name}`;
    if (declared.has(identity)) component.remove();
    else declared.add(identity);
  }
}

/** Declares on the schema what its ancestors declare: names in attribute values need it. */
function bringNamespaces(schema: XmlElement): void {
  const own = schema.nsDeclarations;
  for (const [prefix, namespace] of Object.entries(schema.namespaces)) {
    if (prefix in own || prefix === 'xml') continue;
    if (prefix === '') schema.addNsDeclaration(namespace);
    else schema.addNsDeclaration(namespace, prefix);
  }
}

export function elementsIn(parent: XmlElement): XmlElement[] {
  const elements: XmlElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next)
    if (node instanceof XmlElement) elements.push(node);
  return elements;
}
