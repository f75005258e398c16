import type { DiagnosticCode } from '../diagnostic.ts';
import type { QName } from '../qname.ts';
import { isNcName } from '../xml/characters.ts';
import type { Findings } from './findings.ts';
import type { XmlElement } from './xml-element.ts';

/** Reads typed attribute values; what is malformed is reported, and read as if it were not there. */
export class AttributeValues {
  readonly findings: Findings;
  readonly #code: DiagnosticCode;

  constructor(findings: Findings, code: DiagnosticCode) {
    this.findings = findings;
    this.#code = code;
  }

  /** A required attribute; '' if it is missing. */
  required(element: XmlElement, attribute: string, code: DiagnosticCode = this.#code): string {
    const value = element.attribute(attribute);
    if (value === undefined)
      this.findings.tolerate(
        code,
        element,
        `<${element.rawName}> lacks the attribute "${attribute}". Add it.`,
        'as missing: what needs it is left out',
      );
    return value ?? '';
  }

  /** A required NCName; '' if it is missing or malformed. */
  name(element: XmlElement, code: DiagnosticCode = this.#code): string {
    const written = this.required(element, 'name', code).trim();
    if (written === '' || isNcName(written)) return written;
    this.findings.tolerate(
      this.#code,
      element,
      `${quote(written)} is not a name in XML: letters, digits, "_", "-" and "." only, a letter or "_" first.`,
      'as missing: what needs it is left out',
    );
    return '';
  }

  boolean(element: XmlElement, attribute: string, byDefault = false): boolean {
    const written = element.attribute(attribute)?.trim();
    if (written === undefined) return byDefault;
    if (written === 'true' || written === '1') return true;
    if (written === 'false' || written === '0') return false;
    this.#malformed(element, attribute, written, '"true" or "false"');
    return byDefault;
  }

  nonNegativeInteger(element: XmlElement, attribute: string, byDefault: number): number {
    const written = element.attribute(attribute)?.trim();
    if (written === undefined) return byDefault;
    if (/^\+?[0-9]{1,15}$/.test(written)) return Number(written);
    this.#malformed(element, attribute, written, 'a whole number');
    return byDefault;
  }

  oneOf<T extends string>(element: XmlElement, attribute: string, allowed: readonly T[], byDefault: T): T {
    const written = element.attribute(attribute)?.trim();
    if (written === undefined) return byDefault;
    const known = allowed.find((value) => value === written);
    if (known === undefined)
      this.#malformed(element, attribute, written, allowed.map((value) => `"${value}"`).join(' or '));
    return known ?? byDefault;
  }

  /** @returns undefined, with a finding, if it is no QName or its prefix is not declared. */
  qname(element: XmlElement, written: string): QName | undefined {
    const [local = '', prefix = ''] = written.split(':').reverse();
    const isQName =
      /^[^:]+(:[^:]+)?$/.test(written) && isNcName(local) && (prefix === '' || isNcName(prefix));
    if (!isQName) {
      this.findings.tolerate(
        this.#code,
        element,
        `${quote(written)} is not a qualified name. Write "prefix:name".`,
        'as missing: what needs it is left out',
      );
      return undefined;
    }
    const namespace = element.scope.lookup(prefix);
    if (namespace !== undefined) return { namespace, local };
    this.findings.tolerate(
      'XML_UNBOUND_PREFIX',
      element,
      `The prefix "${prefix}" of ${quote(written)} is not declared. Add xmlns:${prefix}="...".`,
      'as a name without a namespace',
    );
    return this.findings.isLenient ? { namespace: '', local } : undefined;
  }

  #malformed(element: XmlElement, attribute: string, written: string, expected: string): void {
    const message = `${attribute}=${quote(written)} is not ${expected}.`;
    this.findings.tolerate(this.#code, element, message, 'as if it were not written');
  }
}

const LONGEST_QUOTED = 80;

function quote(text: string): string {
  return `"${text.length > LONGEST_QUOTED ? `${text.slice(0, LONGEST_QUOTED)}...` : text}"`;
}
