import { basename, resolve } from 'node:path';
import type { Limits } from '../limits.ts';
import { XML_NAMESPACE, XSD_NAMESPACE } from '../qname.ts';
import { BUILTIN_SCHEMAS } from '../link/builtin-schemas.ts';
import type { Findings } from '../parse/findings.ts';
import { parseXml } from '../parse/parse-xml.ts';
import { SourceText } from '../parse/source-text.ts';
import { WSDL_NAMESPACE } from '../parse/wsdl-context.ts';
import type { XmlElement } from '../parse/xml-element.ts';
import { parseAddress, resolveAddress, type Address } from './address.ts';
import { createByteSource, type ByteSource } from './byte-source.ts';
import { decodeText } from './decode-text.ts';
import { findImports, findReferences, schemasIn, type DocumentReference } from './document-references.ts';
import { LoadError } from './load-error.ts';
import type { DocumentLink, LoadOptions, SourceDocument } from './load-options.ts';
import { SiblingSchemas } from './sibling-schemas.ts';

export interface LoadedDocument extends SourceDocument {
  readonly links: DocumentLink[];
  readonly root: XmlElement;
}

/** The documents of a contract, the WSDL itself first, and what each import and include in them leads to. */
export interface LoadedDocuments {
  readonly documents: readonly LoadedDocument[];
  readonly targets: ReadonlyMap<XmlElement, LoadedDocument>;
}

/** Loads a WSDL and all it imports and includes, each document once; circles are no special case. */
export async function loadDocuments(
  uri: string,
  options: LoadOptions,
  limits: Limits,
  findings: Findings,
): Promise<LoadedDocuments> {
  try {
    const entry = parseAddress(uri);
    const source = await createByteSource(entry, options, limits);
    return await new DocumentLoader(source, limits, findings).loadAll(entry);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    findings.error(error.code, { location: { uri, line: 1, column: 1 } }, error.message);
    return { documents: [], targets: new Map() };
  }
}

class DocumentLoader {
  readonly #source: ByteSource;
  readonly #limits: Limits;
  readonly #findings: Findings;
  readonly #byPlace = new Map<string, LoadedDocument | undefined>();
  readonly #addresses = new Map<LoadedDocument, Address>();
  readonly #targets = new Map<XmlElement, LoadedDocument>();
  readonly #followed = new Set<LoadedDocument>();
  readonly #siblings: SiblingSchemas;
  #attempts = 0;
  #bytes = 0;

  constructor(source: ByteSource, limits: Limits, findings: Findings) {
    this.#source = source;
    this.#limits = limits;
    this.#findings = findings;
    this.#siblings = new SiblingSchemas(source);
  }

  async loadAll(entry: Address): Promise<LoadedDocuments> {
    await this.#load(entry);
    while (await this.#loadReferences()) await this.#findMissing();
    return { documents: [...this.#addresses.keys()], targets: this.#targets };
  }

  /** @returns whether a document was there that had not been read for references. */
  async #loadReferences(): Promise<boolean> {
    const before = this.#followed.size;
    // A Map's iteration also reaches the documents that are added while it runs.
    for (const [document, address] of this.#addresses) {
      if (this.#followed.has(document)) continue;
      this.#followed.add(document);
      for (const reference of findReferences(document.root)) await this.#follow(reference, address, document);
    }
    return this.#followed.size > before;
  }

  /** Schemas that are imported but not where the import says, or that it gives no place for, are looked for beside the document. */
  async #findMissing(): Promise<void> {
    const documents = [...this.#addresses];
    const present = new Set(documents.flatMap(([{ root }]) => schemasIn(root)).map(targetNamespaceOf));
    for (const [document, address] of documents) {
      for (const element of findImports(document.root)) {
        const namespace = element.attribute('namespace')?.trim() ?? '';
        if (present.has(namespace) || BUILTIN_SCHEMAS.has(namespace) || namespace === XSD_NAMESPACE) continue;
        const found = await this.#siblings.find(address, namespace);
        if (!found) continue;
        present.add(namespace);
        await this.#follow({ kind: 'schema', element, location: basename(found.uri) }, found, document);
      }
    }
  }

  /** `base` is what the location is relative to, `document` where the reference stands. */
  async #follow(reference: DocumentReference, base: Address, document: LoadedDocument): Promise<void> {
    if (importsNamespace(reference, XSD_NAMESPACE)) return;
    const isXml = importsNamespace(reference, XML_NAMESPACE);
    let address: Address | undefined;
    try {
      address = resolveAddress(base, reference.location);
      // The xml: attributes are known without a document; one of the contract's own may be more particular.
      if (isXml && isElsewhere(this.#source.locate(address), base)) return;
      const target = await this.#load(address);
      if (!target) return;
      this.#targets.set(reference.element, target);
      document.links.push(linkTo(target, reference.element));
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      if (!isXml) this.#report(error, reference, address?.kind === 'remote');
    }
  }

  /** @returns undefined for what is there but is no XML: that is reported. */
  async #load(address: Address): Promise<LoadedDocument | undefined> {
    const place = placeOf(this.#source.locate(address));
    if (this.#byPlace.has(place)) return this.#byPlace.get(place);
    if (this.#attempts++ >= this.#limits.maxDocuments) {
      throw new LoadError(
        'LOAD_LIMIT',
        `The contract has more than ${this.#limits.maxDocuments} documents. Raise the limit if it is trusted.`,
      );
    }
    const document = this.#parse(address, await this.#read(address));
    this.#byPlace.set(place, document);
    if (document) this.#addresses.set(document, address);
    return document;
  }

  async #read(address: Address): Promise<Uint8Array> {
    const bytes = await this.#source.read(address);
    this.#bytes += bytes.length;
    if (this.#bytes <= this.#limits.maxContractBytes) return bytes;
    throw new LoadError(
      'LOAD_LIMIT',
      `The documents of the contract have more than ${this.#limits.maxContractBytes} bytes. Raise the limit if they are trusted.`,
    );
  }

  #parse({ uri }: Address, bytes: Uint8Array): LoadedDocument | undefined {
    const root = this.#parseText(uri, bytes);
    if (!root) return undefined;
    return { uri, bytes, kind: root.name.namespace === XSD_NAMESPACE ? 'schema' : 'wsdl', links: [], root };
  }

  #parseText(uri: string, bytes: Uint8Array): XmlElement | undefined {
    try {
      return parseXml(new SourceText(uri, decodeText(bytes)), this.#limits, this.#findings);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      this.#findings.error(error.code, { location: { uri, line: 1, column: 1 } }, error.message);
      return undefined;
    }
  }

  /** A schema that is not there is no error as long as nothing refers to it (XSD 1.0 Part 1, 4.2.1 and 4.2.3). */
  #report({ code, message }: LoadError, { element, kind }: DocumentReference, isRemote: boolean): void {
    const isMissing =
      code === 'LOAD_NOT_FOUND' || code === 'LOAD_FAILED' || (code === 'LOAD_FORBIDDEN' && isRemote);
    if (kind === 'schema' && isMissing) this.#findings.warn(code, element, message);
    else if (isMissing) this.#findings.tolerate(code, element, message, 'as if it were not imported');
    else this.#findings.error(code, element, message);
  }
}

function targetNamespaceOf(schema: XmlElement): string {
  return schema.attribute('targetNamespace')?.trim() ?? '';
}

function linkTo({ uri }: LoadedDocument, element: XmlElement): DocumentLink {
  const location = element.attribute('schemaLocation') ?? element.attribute('location');
  const namespace = element.attribute('namespace');
  return { ...(location !== undefined && { location }), ...(namespace !== undefined && { namespace }), uri };
}

/** On another host than the document that refers to it. */
function isElsewhere(address: Address, base: Address): boolean {
  if (address.kind !== 'remote') return false;
  return base.kind !== 'remote' || new URL(address.uri).host !== new URL(base.uri).host;
}

/** One name for a place, however its path is written. */
function placeOf({ kind, uri }: Address): string {
  return kind === 'file' ? resolve(uri) : uri;
}

/** The schema of schemas is known without a document. */
function importsNamespace({ element }: DocumentReference, namespace: string): boolean {
  return element.name.namespace !== WSDL_NAMESPACE && element.attribute('namespace')?.trim() === namespace;
}
