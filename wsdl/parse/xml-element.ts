import type { SourceLocation } from '../diagnostic.ts';
import { qnameKey, type QName } from '../qname.ts';
import type { NamespaceScope } from '../xml/namespaces.ts';
import type { SourcePoint } from './findings.ts';
import type { SourceText } from './source-text.ts';

/** An element of a contract document, with the namespace bindings that QNames in its attribute values are read by. */
export class XmlElement implements SourcePoint {
  readonly name: QName;
  /** As written, prefix included. */
  readonly rawName: string;
  /** By local name where it has no prefix, in Clark notation where it has. References are expanded. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Children and the text between them, blank text left out. */
  readonly content: readonly (string | XmlElement)[];
  readonly scope: NamespaceScope;
  readonly #source: SourceText;
  readonly #offset: number;

  constructor(parts: XmlElementParts) {
    this.name = parts.name;
    this.rawName = parts.rawName;
    this.attributes = parts.attributes;
    this.content = parts.content;
    this.children = parts.content.filter((child) => typeof child !== 'string');
    this.scope = parts.scope;
    this.#source = parts.source;
    this.#offset = parts.offset;
  }

  get location(): SourceLocation {
    return this.#source.locate(this.#offset);
  }

  attribute(local: string, namespace = ''): string | undefined {
    return this.attributes.get(namespace === '' ? local : qnameKey(namespace, local));
  }

  is(namespace: string, local: string): boolean {
    return this.name.local === local && this.name.namespace === namespace;
  }

  child(namespace: string, local: string): XmlElement | undefined {
    return this.children.find((child) => child.is(namespace, local));
  }

  childrenNamed(namespace: string, local: string): XmlElement[] {
    return this.children.filter((child) => child.is(namespace, local));
  }

  /** True if both say the same, prefixes and layout aside. */
  equals(other: XmlElement): boolean {
    if (!other.is(this.name.namespace, this.name.local) || this.attributes.size !== other.attributes.size)
      return false;
    for (const [name, value] of this.attributes)
      if (other.attributes.get(name)?.replace(/^.*:/, '') !== value.replace(/^.*:/, '')) return false;
    const children = this.children.filter(isNoAnnotation);
    const others = other.children.filter(isNoAnnotation);
    return (
      children.length === others.length && children.every((child, index) => child.equals(others[index]!))
    );
  }

  /** All text below the element, white space collapsed. */
  get text(): string {
    return this.#allText().replace(/\s+/g, ' ').trim();
  }

  #allText(): string {
    return this.content.map((child) => (typeof child === 'string' ? child : child.#allText())).join(' ');
  }
}

export interface XmlElementParts {
  readonly name: QName;
  readonly rawName: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: readonly (string | XmlElement)[];
  readonly scope: NamespaceScope;
  readonly source: SourceText;
  readonly offset: number;
}

function isNoAnnotation({ name }: XmlElement): boolean {
  return name.local !== 'annotation';
}
