import { XSD_NAMESPACE } from '../qname.ts';
import { WSDL_NAMESPACE } from '../parse/wsdl-context.ts';
import type { XmlElement } from '../parse/xml-element.ts';

/** An element that brings in another document. */
export interface DocumentReference {
  readonly kind: 'wsdl' | 'schema';
  readonly element: XmlElement;
  /** As written. */
  readonly location: string;
}

/** wsdl:import (WSDL 1.1, 2.1.1), xsd:import, xsd:include and xsd:redefine (XSD 1.0 Part 1, 4.2) that give a location. */
export function findReferences(root: XmlElement): DocumentReference[] {
  if (root.is(XSD_NAMESPACE, 'schema')) return schemaReferences(root);
  const imports = root
    .childrenNamed(WSDL_NAMESPACE, 'import')
    .flatMap((element) => referenceOf('wsdl', element, 'location'));
  return [...imports, ...schemasIn(root).flatMap(schemaReferences)];
}

/** xsd:import elements that name a namespace; whether they give a location as well does not matter. */
export function findImports(root: XmlElement): XmlElement[] {
  return schemasIn(root).flatMap((schema) =>
    schema.children.filter((child) => child.is(XSD_NAMESPACE, 'import')),
  );
}

/** The schemas of a document: those of wsdl:types, or the document itself. */
export function schemasIn(root: XmlElement): XmlElement[] {
  if (root.is(XSD_NAMESPACE, 'schema')) return [root];
  return root
    .childrenNamed(WSDL_NAMESPACE, 'types')
    .flatMap((element) => element.childrenNamed(XSD_NAMESPACE, 'schema'));
}

const BRINGS_IN: ReadonlySet<string> = new Set(['import', 'include', 'redefine']);

function schemaReferences(schema: XmlElement): DocumentReference[] {
  return schema.children
    .filter((child) => child.name.namespace === XSD_NAMESPACE && BRINGS_IN.has(child.name.local))
    .flatMap((element) => referenceOf('schema', element, 'schemaLocation'));
}

function referenceOf(
  kind: DocumentReference['kind'],
  element: XmlElement,
  attribute: string,
): DocumentReference[] {
  const location = element.attribute(attribute)?.trim();
  return location ? [{ kind, element, location }] : [];
}
