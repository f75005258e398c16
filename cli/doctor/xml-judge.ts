import { XmlDocument, XmlLibError, XsdValidator, type XmlElement } from 'libxml2-wasm';
import { XSD_NAMESPACE, type SourceDocument } from '../../wsdl/index.ts';
import { escapeAttribute } from './xml-text.ts';
import { openMemoryFiles, type MemoryFiles } from './memory-files.ts';
import type { MessageSchema } from './message-schema.ts';
import { arrangeSchemas, importOf } from './schema-set.ts';

/** libxml2 with the schemas of a contract. Holds memory outside of JavaScript's: close it. */
export interface XmlJudge {
  /** Why libxml2 refuses the schemas; then nothing can be judged. */
  readonly refusal?: string;
  /** What is wrong with an element that stands for `<name>` of the message, e.g. soap:Body. Renames the element. */
  faultsOf(element: XmlElement, schema: MessageSchema): string[];
  close(): void;
}

/** Compiles the schemas of the documents, and the declarations of the messages with them. */
export function createXmlJudge(
  documents: readonly SourceDocument[],
  messages: readonly MessageSchema[],
): XmlJudge {
  const files = openMemoryFiles();
  try {
    const validator = compile(files, documents, messages);
    return {
      faultsOf: (element, schema) => faultsOf(validator, element, schema),
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
  messages: readonly MessageSchema[],
): XsdValidator {
  const extra = messages.flatMap(({ schemas }) => schemas);
  const set = arrangeSchemas(documents, extra, (name) => files.locationOf(name));
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

/** libxml2 judges an element by its global declaration: the message's own namespace is where that stands. */
function faultsOf(
  validator: XsdValidator,
  element: XmlElement,
  { targetNamespace }: MessageSchema,
): string[] {
  element.addNsDeclaration(targetNamespace, PREFIX);
  element.namespacePrefix = PREFIX;
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
