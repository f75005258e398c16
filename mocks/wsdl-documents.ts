import { pathToFileURL } from 'node:url';
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
  { documents }: MockedContract,
  index: number,
  links: DocumentLinks,
): string | undefined {
  const document = documents[index];
  if (document === undefined) return undefined;
  const xml = decodeText(document.bytes);
  const positions = new Map(documents.map(({ uri }, position) => [toUrl(uri), position]));
  return asUtf8(rewrite(xml, editsOf(xml, toUrl(document.uri), positions, links)));
}

interface Edit {
  readonly attribute: TagAttribute;
  readonly value: string;
}

function editsOf(
  xml: string,
  uri: string,
  positions: ReadonlyMap<string, number>,
  links: DocumentLinks,
): Edit[] {
  const edits: Edit[] = [];
  const names = { service: '', port: '' };
  for (const tag of scanTags(xml)) {
    if (tag.isEnd) continue;
    const local = localName(tag.name);
    if (local === 'service' || local === 'port') names[local] = attributeOf(tag, 'name') ?? '';
    const edit =
      local === 'address' ? addressEdit(tag, names, links) : importEdit(tag, local, uri, positions, links);
    if (edit !== undefined) edits.push(edit);
  }
  return edits;
}

/** WSDL 1.1, 3.8: `<soap:address location="uri"/>` inside a port. */
function addressEdit(
  tag: Tag,
  names: { service: string; port: string },
  links: DocumentLinks,
): Edit | undefined {
  const attribute = tag.attributes.find(({ name }) => name === 'location');
  const value = links.endpointOf(names.service, names.port);
  return attribute && value !== undefined ? { attribute, value } : undefined;
}

/** `<wsdl:import location>`, `<xs:import|include|redefine schemaLocation>`. */
function importEdit(
  tag: Tag,
  local: string,
  uri: string,
  positions: ReadonlyMap<string, number>,
  links: DocumentLinks,
): Edit | undefined {
  if (local !== 'import' && local !== 'include' && local !== 'redefine') return undefined;
  const attribute = tag.attributes.find(({ name }) => name === 'schemaLocation' || name === 'location');
  const target = attribute && resolveReference(attribute.value, uri);
  const position = target === undefined ? undefined : positions.get(target);
  if (attribute === undefined || position === undefined) return undefined;
  return { attribute, value: `${links.self}?${links.queryOf(position)}` };
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
  for (const { attribute, value } of edits) {
    pieces.push(xml.slice(from, attribute.start), escapeXml(value));
    from = attribute.end;
  }
  return [...pieces, xml.slice(from)].join('');
}

function asUtf8(xml: string): string {
  return xml.replace(/^(<\?xml[^>]*\sencoding\s*=\s*)(?:"[^"]*"|'[^']*')/, '$1"UTF-8"');
}
