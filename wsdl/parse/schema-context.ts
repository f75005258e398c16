import { XSD_NAMESPACE, type QName } from '../qname.ts';
import { AttributeValues } from './attribute-values.ts';
import type { Findings } from './findings.ts';
import { redefinedName, type NameReference, type OccursNode } from './schema-nodes.ts';
import type { XmlElement } from './xml-element.ts';

/** What an xs:schema says for all that stands in it, and how names in it are read. */
export class SchemaContext {
  readonly targetNamespace: string;
  readonly values: AttributeValues;
  readonly findings: Findings;
  readonly #root: XmlElement;
  readonly #isChameleon: boolean;
  readonly #layer: number;
  #redefining: QName | undefined;

  /**
   * @param namespace of the including schema, for a schema that has none itself (XSD 1.0 Part 1, 4.2.1).
   * @param layer what tells its redefinitions from those of other schemas.
   */
  constructor(root: XmlElement, namespace: string | undefined, findings: Findings, layer: number) {
    this.#layer = layer;
    const own = root.attribute('targetNamespace');
    this.#root = root;
    this.targetNamespace = own ?? namespace ?? '';
    this.#isChameleon = own === undefined && this.targetNamespace !== '';
    this.findings = findings;
    this.values = new AttributeValues(findings, 'XSD_INVALID');
  }

  isQualified(element: XmlElement, defaultAttribute: 'elementFormDefault' | 'attributeFormDefault'): boolean {
    const byDefault = this.values.oneOf(
      this.#root,
      defaultAttribute,
      ['qualified', 'unqualified'],
      'unqualified',
    );
    return this.values.oneOf(element, 'form', ['qualified', 'unqualified'], byDefault) === 'qualified';
  }

  /** @returns undefined if the attribute is missing or, with a finding, malformed. */
  reference(element: XmlElement, attribute: string): NameReference | undefined {
    const written = element.attribute(attribute)?.trim();
    return written === undefined ? undefined : this.referenceTo(element, written);
  }

  referenceTo(element: XmlElement, written: string): NameReference | undefined {
    const read = this.values.qname(element, written);
    if (!read) return undefined;
    const name =
      this.#isChameleon && read.namespace === ''
        ? { namespace: this.targetNamespace, local: read.local }
        : read;
    return {
      name: this.#isRedefined(name) ? redefinedName(name, this.#layer) : name,
      written,
      source: element,
    };
  }

  /** Within `read`, references to `name` mean the component that is redefined (XSD 1.0 Part 1, 4.2.2). */
  redefining<T>(name: QName, read: () => T): T {
    this.#redefining = name;
    const result = read();
    this.#redefining = undefined;
    return result;
  }

  occurs(element: XmlElement): OccursNode {
    const min = this.values.nonNegativeInteger(element, 'minOccurs', 1);
    if (element.attribute('maxOccurs')?.trim() === 'unbounded') return { min, max: 'unbounded' };
    const max = this.values.nonNegativeInteger(element, 'maxOccurs', 1);
    if (max < min && max > 0) {
      this.findings.tolerate(
        'XSD_INVALID',
        element,
        `maxOccurs=${max} is less than minOccurs=${min}. Set minOccurs to 0 or raise maxOccurs.`,
        `as minOccurs=${max}`,
      );
    }
    return { min: Math.min(min, max), max };
  }

  /** The set of `block`, or the schema's blockDefault. */
  block(element: XmlElement): string[] {
    const written = element.attribute('block') ?? this.#root.attribute('blockDefault') ?? '';
    return written.split(/\s+/).filter((word) => word !== '');
  }

  documentation(element: XmlElement): { documentation?: string } {
    const texts = element
      .childrenNamed(XSD_NAMESPACE, 'annotation')
      .flatMap((annotation) => annotation.childrenNamed(XSD_NAMESPACE, 'documentation'))
      .map((documentation) => documentation.text)
      .filter((text) => text !== '');
    return texts.length > 0 ? { documentation: texts.join('\n') } : {};
  }

  /** Children in the XSD namespace but for annotations; what is of another namespace is reported, and ignored. */
  childrenOf(element: XmlElement): XmlElement[] {
    return element.children.filter((child) => {
      const isSchema = child.name.namespace === XSD_NAMESPACE;
      if (!isSchema) this.unexpected(child, element);
      return isSchema && child.name.local !== 'annotation';
    });
  }

  unexpected(child: XmlElement, parent: XmlElement): void {
    if (child.name.namespace === XSD_NAMESPACE && XSD_1_1.has(child.name.local)) {
      this.findings.warn(
        'XSD_UNSUPPORTED',
        child,
        `<${child.rawName}> is XML Schema 1.1 and is ignored: what it forbids is not checked.`,
      );
    } else {
      this.findings.tolerate(
        'XSD_INVALID',
        child,
        `<${child.rawName}> is not allowed in <${parent.rawName}>. Remove or move it.`,
        'as if it were not there',
      );
    }
  }

  #isRedefined(name: QName): boolean {
    return name.local === this.#redefining?.local && name.namespace === this.#redefining.namespace;
  }
}

const XSD_1_1: ReadonlySet<string> = new Set([
  'assert',
  'assertion',
  'alternative',
  'openContent',
  'defaultOpenContent',
  'override',
  'explicitTimezone',
]);
