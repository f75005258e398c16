import type { Limits } from '../limits.ts';
import { qnameKey, type QName } from '../qname.ts';
import { isNcName } from '../xml/characters.ts';
import { NamespaceScope, ROOT_SCOPE, checkDeclaration } from '../xml/namespaces.ts';
import { expandReferences, normaliseAttributeSpace, normaliseLineEnds } from '../xml/references.ts';
import { XmlError } from '../xml/xml-error.ts';
import type { Findings, SourcePoint } from './findings.ts';
import { currentNamespace } from './old-namespaces.ts';
import { nodeOffset, readXml, type RawNode } from './read-xml.ts';
import type { SourceText } from './source-text.ts';
import { XmlElement } from './xml-element.ts';

/** Text -> its root element, or undefined with findings that say why not. */
export function parseXml(source: SourceText, limits: Limits, findings: Findings): XmlElement | undefined {
  const nodes = readXml(source, limits, findings);
  if (!nodes) return undefined;
  const roots = nodes.filter((node) => !isText(node));
  const [root, second] = roots;
  if (!root || second) {
    const location = source.locate(second ? nodeOffset(second) : 0);
    findings.error(
      'XML_NOT_WELL_FORMED',
      { location },
      `An XML document has exactly one root element; this one has ${roots.length}.`,
    );
    return undefined;
  }
  return new TreeBuilder(source, limits, findings).build(root);
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

class TreeBuilder {
  readonly #source: SourceText;
  readonly #limits: Limits;
  readonly #findings: Findings;
  readonly #unboundPrefixes = new Set<string>();
  #elements = 0;
  #broken = false;

  constructor(source: SourceText, limits: Limits, findings: Findings) {
    this.#source = source;
    this.#limits = limits;
    this.#findings = findings;
  }

  build(root: RawNode): XmlElement | undefined {
    const element = this.#element(root, ROOT_SCOPE);
    return this.#broken ? undefined : element;
  }

  #element(node: RawNode, outer: NamespaceScope): XmlElement {
    const rawName = nameOf(node);
    const offset = nodeOffset(node);
    const at = new OffsetPoint(this.#source, offset);
    const written = this.#writtenAttributes(node, at);
    const scope = this.#scope(written, outer, at);
    if (++this.#elements > this.#limits.maxElements)
      this.#refuse('XML_LIMIT', at, `There are more than ${this.#limits.maxElements} elements.`);
    return new XmlElement({
      name: this.#expand(rawName, scope, at, true),
      rawName,
      attributes: this.#attributes(written, scope, at),
      content: this.#broken ? [] : this.#content(node[rawName] as RawNode[], scope, at),
      scope,
      source: this.#source,
      offset,
    });
  }

  #content(nodes: readonly RawNode[], scope: NamespaceScope, at: SourcePoint): (string | XmlElement)[] {
    const content: (string | XmlElement)[] = [];
    for (const node of nodes) {
      const child = isText(node) ? this.#text(node, at) : this.#element(node, scope);
      if (typeof child !== 'string' || /\S/.test(child)) content.push(child);
    }
    return content;
  }

  #text(node: RawNode, at: SourcePoint): string {
    const cdata = node['#cdata'] as RawNode[] | undefined;
    if (cdata) return cdata.map((part) => String(part['#text'])).join('');
    return this.#expandReferences(normaliseLineEnds(String(node['#text'])), at);
  }

  #writtenAttributes(node: RawNode, at: SourcePoint): [string, string][] {
    const written = Object.entries(node[':@'] ?? {});
    if (written.length > this.#limits.maxAttributes) {
      this.#refuse('XML_LIMIT', at, `The element has more than ${this.#limits.maxAttributes} attributes.`);
      return [];
    }
    return written.map(([name, value]) => [name, this.#value(value, at)]);
  }

  #value(value: string, at: SourcePoint): string {
    if (value.includes('<'))
      this.#refuse('XML_NOT_WELL_FORMED', at, 'An attribute value contains "<". Write "&lt;".');
    return this.#expandReferences(normaliseAttributeSpace(value), at);
  }

  #expandReferences(text: string, at: SourcePoint): string {
    if (!text.includes('&')) return text;
    return this.#guard(at, () => expandReferences(text)) ?? '';
  }

  #scope(written: readonly [string, string][], outer: NamespaceScope, at: SourcePoint): NamespaceScope {
    const prefixes: string[] = [];
    const uris: string[] = [];
    for (const [name, value] of written) {
      const prefix = declaredPrefix(name);
      if (prefix === undefined) continue;
      this.#guard(at, () => {
        checkDeclaration(prefix, value);
      });
      prefixes.push(prefix);
      uris.push(currentNamespace(value));
    }
    return prefixes.length > 0 ? new NamespaceScope(outer, prefixes, uris) : outer;
  }

  #attributes(
    written: readonly [string, string][],
    scope: NamespaceScope,
    at: SourcePoint,
  ): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (const [name, value] of written) {
      if (declaredPrefix(name) !== undefined) continue;
      const { namespace, local } = this.#expand(name, scope, at, false);
      attributes.set(namespace === '' ? local : qnameKey(namespace, local), value);
    }
    return attributes.size > 0 ? attributes : NO_ATTRIBUTES;
  }

  #expand(name: string, scope: NamespaceScope, at: SourcePoint, isElement: boolean): QName {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const local = name.slice(colon + 1);
    if (!isNcName(local) || (colon >= 0 && !isNcName(prefix)))
      this.#refuse(
        'XML_NOT_WELL_FORMED',
        at,
        'The element or one of its attributes has a name that is no XML name.',
      );
    if (colon < 0 && !isElement) return { namespace: '', local };
    return { namespace: scope.lookup(prefix) ?? this.#unbound(prefix, at), local };
  }

  #unbound(prefix: string, at: SourcePoint): string {
    this.#broken = true;
    if (!this.#unboundPrefixes.has(prefix)) {
      this.#unboundPrefixes.add(prefix);
      this.#findings.error(
        'XML_UNBOUND_PREFIX',
        at,
        `The prefix "${prefix}" is not declared. Add xmlns:${prefix}="..." to the element or one around it.`,
      );
    }
    return '';
  }

  #guard<T>(at: SourcePoint, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.#refuse('XML_NOT_WELL_FORMED', at, `This is not well-formed XML: ${error.message}.`);
      return undefined;
    }
  }

  #refuse(code: 'XML_LIMIT' | 'XML_NOT_WELL_FORMED', at: SourcePoint, message: string): void {
    if (!this.#broken) this.#findings.error(code, at, message);
    this.#broken = true;
  }
}

/** Becomes a line and a column only if something is found here. */
class OffsetPoint implements SourcePoint {
  readonly #source: SourceText;
  readonly #offset: number;

  constructor(source: SourceText, offset: number) {
    this.#source = source;
    this.#offset = offset;
  }

  get location(): SourcePoint['location'] {
    return this.#source.locate(this.#offset);
  }
}

function declaredPrefix(name: string): string | undefined {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice('xmlns:'.length) : undefined;
}

function isText(node: RawNode): boolean {
  return '#text' in node || '#cdata' in node;
}

function nameOf(node: RawNode): string {
  for (const name in node) if (name !== ':@') return name;
  return '';
}
