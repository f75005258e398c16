import { pathToFileURL } from 'node:url';
import type { Contract, SoapVersion, SourceDocument } from '../wsdl/index.ts';
import { attributeOf, escapeXml, localName, scanTags, type Tag, type TagAttribute } from './scan-tags.ts';
import { decodeText } from './decode-text.ts';
import type { MockedContract } from './endpoint.ts';

/** Where the rewritten document is to lead its reader. */
export interface DocumentLinks {
  /** Query that serves a document of the contract, by its position. */
  readonly queryOf: (index: number) => string;
  /** URL of a port of the mock; undefined for one that it does not serve. */
  readonly endpointOf: (service: string, port: string) => string | undefined;
  /** URL that the queries are added to. */
  readonly self: string;
}

/**
 * A document of a contract as the mock serves it: as it was written, but with its soap:address at the mock and its
 * imports leading to the mock's own copies. Always in UTF-8.
 */
export function toServedDocument(
  { contract, documents }: MockedContract,
  index: number,
  links: DocumentLinks,
): string | undefined {
  const document = documents[index];
  if (document === undefined) return undefined;
  const xml = decodeText(document.bytes);
  const positions = new Map(documents.map(({ uri }, position) => [toUrl(uri), position]));
  return asUtf8(rewrite(xml, editsOf(xml, { contract, document, positions, links })));
}

/** Puts `text` in place of what stands between the offsets. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Rewriting {
  readonly contract: Contract;
  readonly document: SourceDocument;
  /** Of the documents, by URL. */
  readonly positions: ReadonlyMap<string, number>;
  readonly links: DocumentLinks;
}

function editsOf(xml: string, rewriting: Rewriting): Edit[] {
  const edits: Edit[] = [];
  const names = { service: '', port: '' };
  for (const tag of scanTags(xml, true)) {
    if (tag.isEnd) continue;
    const local = localName(tag.name);
    if (local === 'service' || local === 'port') names[local] = attributeOf(tag, 'name') ?? '';
    const edit = editOf(tag, local, names, rewriting);
    if (edit !== undefined) edits.push(edit);
  }
  return edits;
}

function editOf(tag: Tag, local: string, names: PortNames, rewriting: Rewriting): Edit | undefined {
  if (local === 'address') return addressEdit(tag, names, rewriting.links);
  if (local === 'port') return missingAddress(tag, names, rewriting);
  return /^(?:import|include|redefine)$/.test(local) ? importEdit(tag, rewriting) : undefined;
}

interface PortNames {
  readonly service: string;
  readonly port: string;
}

/** WSDL 1.1, 3.8: `<soap:address location="uri"/>` inside a port. */
function addressEdit(tag: Tag, names: PortNames, links: DocumentLinks): Edit | undefined {
  const attribute = tag.attributes.find(({ name }) => name === 'location');
  const value = links.endpointOf(names.service, names.port);
  return attribute && value !== undefined ? { ...attribute, text: escapeXml(value) } : undefined;
}

/** A port without an address gets one: here it has one. */
function missingAddress(tag: Tag, names: PortNames, { contract, links }: Rewriting): Edit | undefined {
  const value = links.endpointOf(names.service, names.port);
  const port = contract.services
    .find(({ name }) => name === names.service)
    ?.ports.find(({ name }) => name === names.port);
  if (value === undefined || port === undefined || port.address !== undefined) return undefined;
  const namespace = SOAP_BINDING_NAMESPACE[contract.bindings[port.binding]!.soapVersion];
  const address = `<s:address xmlns:s="${namespace}" location="${escapeXml(value)}"/>`;
  return tag.isEmpty
    ? { start: tag.end - 2, end: tag.end, text: `>${address}</${tag.name}>` }
    : { start: tag.end, end: tag.end, text: address };
}

/** WSDL 1.1, 3.3; WSDL 1.1 Binding Extension for SOAP 1.2. */
const SOAP_BINDING_NAMESPACE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/wsdl/soap/',
  '1.2': 'http://schemas.xmlsoap.org/wsdl/soap12/',
};

/** `<wsdl:import location>`, `<xs:import|include|redefine schemaLocation>`; an import gets a location if the schema was found without. */
function importEdit(tag: Tag, { document, positions, links }: Rewriting): Edit | undefined {
  const attribute = tag.attributes.find(({ name }) => name === 'schemaLocation' || name === 'location');
  const position = positions.get(targetOf(tag, attribute, document) ?? '');
  if (position === undefined) return undefined;
  const url = escapeXml(`${links.self}?${links.queryOf(position)}`);
  if (attribute !== undefined) return { ...attribute, text: url };
  const nameEnd = tag.start + 1 + tag.name.length;
  return { start: nameEnd, end: nameEnd, text: ` schemaLocation="${url}"` };
}

/** URL of the document that an import led to: what the loader took it for, else by its location alone. */
function targetOf(
  tag: Tag,
  attribute: TagAttribute | undefined,
  document: SourceDocument,
): string | undefined {
  const namespace = attributeOf(tag, 'namespace');
  const link = document.links?.find(
    (one) => one.location === attribute?.value && (one.namespace ?? namespace) === namespace,
  );
  if (link !== undefined) return toUrl(link.uri);
  return attribute && resolveReference(attribute.value, toUrl(document.uri));
}

/** One name for a document, whether it was given as a path or as a URL. */
function toUrl(uri: string): string {
  return withoutFragment(/^https?:/i.test(uri) ? new URL(uri) : pathToFileURL(uri));
}

/** Undefined for what is no URL reference. */
function resolveReference(reference: string, base: string): string | undefined {
  const url = URL.parse(reference.trim(), base);
  return url === null ? undefined : withoutFragment(url);
}

function withoutFragment(url: URL): string {
  url.hash = '';
  return url.href;
}

function rewrite(xml: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, text } of edits) {
    pieces.push(xml.slice(from, start), text);
    from = end;
  }
  return [...pieces, xml.slice(from)].join('');
}

function asUtf8(xml: string): string {
  return xml.replace(/^(<\?xml[^>]*\sencoding\s*=\s*)(?:"[^"]*"|'[^']*')/, '$1"UTF-8"');
}
