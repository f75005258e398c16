import { XmlDocument, XmlLibError, XsdValidator, type XmlElement } from 'libxml2-wasm';
import { XSD_NAMESPACE, XSI_NAMESPACE, type SourceDocument } from '../../wsdl/index.ts';
import { escapeAttribute } from './xml-text.ts';
import { openMemoryFiles, type MemoryFiles } from './memory-files.ts';
import { MESSAGE_NAMESPACE } from './message-schema.ts';
import type { SchemaDocument } from './schema-documents.ts';
import { arrangeSchemas, importOf } from './schema-set.ts';

/** libxml2 with the schemas of a contract. Holds memory outside of JavaScript's: close it. */
export interface XmlJudge {
  /** Why libxml2 refuses the schemas; then nothing can be judged. */
  readonly refusal?: string;
  /** What is wrong with an element that must have a type of `MessageSchemas`. Marks the element with the type. */
  faultsOf(element: XmlElement, type: string): string[];
  close(): void;
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
      faultsOf: (element, type) => faultsOf(validator, element, type),
      close: () => validator.dispose(),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refusal: firstDetail(error), faultsOf: () => [], close: () => undefined };
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

const PREFIX = 'portico-message';
const XSI_PREFIX = 'portico-xsi';

/** libxml2 judges an element by its global declaration, and by the type that it names itself. */
function faultsOf(validator: XsdValidator, element: XmlElement, type: string): string[] {
  element.addNsDeclaration(MESSAGE_NAMESPACE, PREFIX);
  element.addNsDeclaration(XSI_NAMESPACE, XSI_PREFIX);
  element.namespacePrefix = PREFIX;
  element.setAttr('type', `${PREFIX}:${type}`, XSI_PREFIX);
  try {
    validator.validate(element);
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return error.details.map(
      ({ message, xpath }) => `${message.trim()}${xpath ? ` (${plainPath(xpath)})` : ''}`,
    );
  }
}

function plainPath(xpath: string): string {
  return xpath.replaceAll(`${PREFIX}:`, 'soap:');
}

function firstDetail(error: Error): string {
  const [first] = error instanceof XmlLibError ? error.details.filter(({ level }) => level > 1) : [];
  return (first?.message ?? error.message).trim();
}
