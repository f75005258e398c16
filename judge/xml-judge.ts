import { XmlDocument, XmlLibError, XsdValidator, type XmlElement } from 'libxml2-wasm';
import { XSD_NAMESPACE, XSI_NAMESPACE, type SourceDocument } from '../wsdl/index.ts';
import { PREFIX, XSI_PREFIX } from './marks.ts';
import { escapeAttribute } from './xml-text.ts';
import { openMemoryFiles, type MemoryFiles } from './memory-files.ts';
import { MESSAGE_NAMESPACE } from './message-schema.ts';
import type { SchemaDocument } from './schema-documents.ts';
import { arrangeSchemas, importOf } from './schema-set.ts';
import { toViolation, type Violation } from './violation.ts';

/** libxml2 with the schemas of a contract. Holds memory outside of JavaScript's: close it. */
export interface XmlJudge {
  /** Why libxml2 refuses the schemas; then nothing can be judged. */
  readonly refusal?: string;
  /** Looks at an element that must have a type of `MessageSchemas`. Marks the element with the type. */
  judge(element: XmlElement, type: string): XmlVerdict;
  close(): void;
}

export interface XmlVerdict {
  /** What is wrong with the element. */
  readonly faults: readonly Violation[];
  /**
   * What is wrong by xs:key, xs:keyref and xs:unique only. Contracts do not carry these and samples cannot know them, so
   * that they say nothing about the codec.
   */
  readonly identityFaults: readonly Violation[];
  /** libxml2 would not look at an element that a strict wildcard takes for its xsi:type (XSD 1.0 Part 1, 3.10.1). */
  readonly isUnsure: boolean;
}

/** Compiles the schemas of the documents, and the `messages` that `MessageSchemas` declares with them. */
export function createXmlJudge(
  documents: readonly SourceDocument[],
  messages: readonly SchemaDocument[],
): XmlJudge {
  const files = openMemoryFiles();
  try {
    const validator = compile(files, documents, messages);
    return {
      judge: (element, type) => judge(validator, element, type),
      close: () => validator.dispose(),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refusal: firstDetail(error), judge: () => NO_FAULTS, close: () => undefined };
  } finally {
    files.close();
  }
}

function compile(
  files: MemoryFiles,
  documents: readonly SourceDocument[],
  messages: readonly SchemaDocument[],
): XsdValidator {
  const set = arrangeSchemas(documents, messages, (name) => files.locationOf(name));
  for (const { name, xml } of set.files) files.add(name, Buffer.from(xml));
  const imports = [...set.entries].map(([namespace, name]) => importOf(namespace, files.locationOf(name)));
  const xml = `<schema xmlns="${XSD_NAMESPACE}" targetNamespace="${escapeAttribute('urn:portico:doctor')}">${imports.join('')}</schema>`;
  const driver = XmlDocument.fromString(xml, { url: files.locationOf('driver.xsd') });
  try {
    return XsdValidator.fromDoc(driver);
  } finally {
    driver.dispose();
  }
}

const NO_FAULTS: XmlVerdict = { faults: [], identityFaults: [], isUnsure: false };
/** libxml2's words for what breaks an identity constraint. */
const IDENTITY = /key-sequence|identity-constraint|\bkeyref\b|\bIDC\b/;
const STRICT_WILDCARD = /demanded by the strict wildcard/;

/** libxml2 judges an element by its global declaration, and by the type that it names itself. */
function judge(validator: XsdValidator, element: XmlElement, type: string): XmlVerdict {
  element.addNsDeclaration(MESSAGE_NAMESPACE, PREFIX);
  element.addNsDeclaration(XSI_NAMESPACE, XSI_PREFIX);
  element.namespacePrefix = PREFIX;
  element.setAttr('type', `${PREFIX}:${type}`, XSI_PREFIX);
  try {
    validator.validate(element);
    return NO_FAULTS;
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const all = error.details.map((detail) => toViolation(detail, element));
    const identityFaults = all.filter(({ message }) => IDENTITY.test(message));
    const faults = all.filter(({ message }) => !IDENTITY.test(message) && !STRICT_WILDCARD.test(message));
    return { faults, identityFaults, isUnsure: all.some(({ message }) => STRICT_WILDCARD.test(message)) };
  }
}

function firstDetail(error: Error): string {
  const [first] = error instanceof XmlLibError ? error.details.filter(({ level }) => level > 1) : [];
  return (first?.message ?? error.message).trim();
}
