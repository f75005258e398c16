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
  const types = root
    .childrenNamed(WSDL_NAMESPACE, 'types')
    .flatMap((element) => element.childrenNamed(XSD_NAMESPACE, 'schema'));
  return [...imports, ...types.flatMap(schemaReferences)];
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
