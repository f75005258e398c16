import { AttributeValues } from './attribute-values.ts';
import type { Findings } from './findings.ts';
import type { NameReference } from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

export const WSDL_NAMESPACE = 'http://schemas.xmlsoap.org/wsdl/';

/** How names, references and documentation are read in a WSDL. */
export class WsdlContext {
  readonly findings: Findings;
  readonly #values: AttributeValues;

  constructor(findings: Findings) {
    this.findings = findings;
    this.#values = new AttributeValues(findings, 'WSDL_MISSING_ATTRIBUTE');
  }

  name(element: XmlElement): string {
    return this.#values.name(element);
  }

  /** A reference that must be there. */
  reference(element: XmlElement, attribute: string): NameReference | undefined {
    this.#values.required(element, attribute);
    return this.optionalReference(element, attribute);
  }

  optionalReference(element: XmlElement, attribute: string): NameReference | undefined {
    const written = element.attribute(attribute)?.trim();
    const name = written ? this.#values.qname(element, written) : undefined;
    return written && name ? { name, written, source: element } : undefined;
  }

  oneOf<T extends string>(element: XmlElement, attribute: string, allowed: readonly T[], byDefault: T): T {
    return this.#values.oneOf(element, attribute, allowed, byDefault);
  }

  documentation(element: XmlElement): { documentation?: string } {
    const texts = element.childrenNamed(WSDL_NAMESPACE, 'documentation').map((child) => child.text);
    const documentation = texts.filter((text) => text !== '').join('\n');
    return documentation === '' ? {} : { documentation };
  }
}
