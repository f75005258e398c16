import type { Contract } from './contract.ts';
import { ContractError, type Diagnostic } from './diagnostic.ts';
import { defaultLimits } from './limits.ts';
import { collectSchemas } from './link/collect-schemas.ts';
import { linkContract } from './link/link-contract.ts';
import { LinkLimit } from './link/link-limit.ts';
import type { NameStyle } from './link/json-name.ts';
import { loadDocuments, type LoadedDocuments } from './load/load-documents.ts';
import { LoadError } from './load/load-error.ts';
import type { LoadOptions, SourceDocument } from './load/load-options.ts';
import { readStoredContract } from './load/stored-contract-file.ts';
import { identifyDocument } from './parse/document-kind.ts';
import { Findings } from './parse/findings.ts';
import { parseWsdl } from './parse/parse-wsdl.ts';
import type { WsdlNode } from './parse/wsdl-nodes.ts';

export interface CompileOptions extends LoadOptions {
  /** Name of the contract; without it that of the only service, else of the definitions, else of the file. */
  readonly name?: string;
  /** JSON names: `camelCase` (the default) of the local name, or the local name `asIs`. */
  readonly names?: NameStyle;
  /** `xs:decimal`, `xs:integer`, `xs:long` and their kin as JSON `string` (the default) or `number`. */
  readonly numbers?: Contract['numbers'];
  /** Unknown names become content of any kind, with a warning each; what cannot be had is left out (ADR 24). Default false. */
  readonly lenient?: boolean;
}

export interface CompiledContract {
  /** Missing if a diagnostic is an error. */
  readonly contract?: Contract;
  readonly diagnostics: Diagnostic[];
  /** The WSDL first, then what it brings in; empty for a stored contract. */
  readonly documents: SourceDocument[];
}

/** WSDL (file or URL) -> Contract. Never throws for bad input: all that is wrong with it is in the diagnostics. */
export async function compileContract(uri: string, options: CompileOptions = {}): Promise<CompiledContract> {
  const findings = new Findings(options);
  if (isStoredContract(uri)) return openStored(uri, findings);
  const loaded = await loadDocuments(uri, options, options.limits ?? defaultLimits, findings);
  const contract = link(uri, loaded, options, findings);
  const documents = loaded.documents.map(({ uri, bytes, kind, links }) => ({ uri, bytes, kind, links }));
  return {
    ...(contract && !findings.hasErrors && { contract }),
    diagnostics: findings.diagnostics,
    documents,
  };
}

/** As `compileContract`, for a contract that must be good. @throws ContractError with all diagnostics if one is an error. */
export async function loadContract(uri: string, options?: CompileOptions): Promise<Contract> {
  const { contract, diagnostics } = await compileContract(uri, options);
  if (!contract) throw new ContractError(diagnostics);
  return contract;
}

function link(
  uri: string,
  loaded: LoadedDocuments,
  options: CompileOptions,
  findings: Findings,
): Contract | undefined {
  const documents = parseDocuments(loaded, findings);
  const [entry, ...imported] = documents;
  if (!entry) return undefined;
  try {
    const schemas = collectSchemas(documents, loaded, findings);
    const contract = linkContract(
      [entry, ...imported],
      schemas,
      toLinkOptions(uri, entry, options),
      findings,
    );
    reportEmpty(contract, documents, findings);
    return contract;
  } catch (error) {
    if (!(error instanceof LinkLimit)) throw error;
    findings.error('XML_LIMIT', error.at, error.message);
    return undefined;
  }
}

/** @returns nothing if the entry is no WSDL with a SOAP binding: that is reported, and makes all else moot. */
function parseDocuments({ documents }: LoadedDocuments, findings: Findings): WsdlNode[] {
  const [entry] = documents;
  if (!entry || !identifyDocument(entry.root, findings)) return [];
  const wsdls = documents.filter(
    (document) =>
      document.kind === 'wsdl' && (document === entry || identifyDocument(document.root, findings)),
  );
  const nodes = wsdls.map((document) => parseWsdl(document.root, findings));
  if (nodes.some(({ bindings }) => bindings.some(({ soap }) => soap))) return nodes;
  findings.error(
    'WSDL_NO_SOAP_BINDING',
    entry.root,
    'The WSDL has no binding for SOAP 1.1 or 1.2. Give the WSDL that has the binding and the service.',
  );
  return [];
}

/** Leaving out what is broken must leave something. */
function reportEmpty({ bindings }: Contract, documents: readonly WsdlNode[], findings: Findings): void {
  if (!findings.isLenient || Object.values(bindings).some(({ operations }) => operations.length > 0)) return;
  const binding = documents
    .flatMap((document) => document.bindings)
    .find(({ soap, operations }) => soap && operations.length > 0);
  if (!binding) return;
  findings.error(
    'WSDL_UNKNOWN_OPERATION',
    binding.source,
    'Each operation lacks its portType or its messages, so none is left. Give the WSDL that has them.',
  );
}

function toLinkOptions(
  uri: string,
  entry: WsdlNode,
  options: CompileOptions,
): Parameters<typeof linkContract>[2] {
  const [service, second] = entry.services;
  const stem = uri
    .replace(/[?#].*$/s, '')
    .replace(/^.*[/\\]/s, '')
    .replace(/\.\w+$/, '');
  return {
    name: options.name ?? (second ? undefined : service?.name) ?? entry.name ?? (stem || 'contract'),
    style: options.names ?? 'camelCase',
    numbers: options.numbers ?? 'string',
    limits: options.limits ?? defaultLimits,
  };
}

function isStoredContract(uri: string): boolean {
  return !/^https?:/i.test(uri) && uri.endsWith('.json');
}

async function openStored(path: string, findings: Findings): Promise<CompiledContract> {
  try {
    return { contract: await readStoredContract(path), diagnostics: [], documents: [] };
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    findings.error(error.code, undefined, error.message);
    return { diagnostics: findings.diagnostics, documents: [] };
  }
}
