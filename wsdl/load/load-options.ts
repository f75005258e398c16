import type { Limits } from '../limits.ts';

/** Which documents may be loaded for a contract, and how. */
export interface LoadOptions {
  /** Remote hosts (`host` or `host:port`) that documents may come from; the host of the WSDL itself always may. */
  readonly allowedHosts?: readonly string[];
  /** Folders that local documents may come from; the folder of the WSDL always may. */
  readonly allowedRoots?: readonly string[];
  /** Local copies: URL or import location -> path. They may be anywhere. */
  readonly catalog?: Readonly<Record<string, string>>;
  readonly limits?: Limits;
  /** Loads all documents in place of file system and network; then it alone decides what may be loaded. Called with `SourceDocument.uri`. */
  readonly load?: (uri: string) => Promise<Uint8Array>;
  /** With `load`: the URIs of documents that stand beside the one given, to find schemas that are imported without a location. */
  readonly list?: (uri: string) => Promise<readonly string[]>;
}

/** A document of a contract as it was loaded. */
export interface SourceDocument {
  /** As given, or resolved against one as given: relative paths stay relative. */
  readonly uri: string;
  readonly bytes: Uint8Array;
  readonly kind: 'wsdl' | 'schema';
  /** What its imports and includes led to. */
  readonly links?: readonly DocumentLink[];
}

/** An import or include of a document, and the document that it was taken for. */
export interface DocumentLink {
  /** As written; missing where the import gives no place and the schema was found all the same. */
  readonly location?: string;
  /** As written; missing for what names none. */
  readonly namespace?: string;
  /** `SourceDocument.uri` of the target. */
  readonly uri: string;
}
