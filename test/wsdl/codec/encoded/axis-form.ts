import { XmlDocument, XmlElement, XmlText, type XmlNode } from 'libxml2-wasm';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/**
 * An encoded message of ours as other servers write the same: every struct and array is an independent element that its accessor
 * refers to, the last ones first, structs without their xsi:type where `isUntyped`, accessors in reverse order.
 */
export function toAxisForm(xml: Uint8Array, isUntyped = false): string {
  const document = XmlDocument.fromBuffer(xml);
  try {
    return new AxisForm(document, isUntyped).write();
  } finally {
    document.dispose();
  }
}

class AxisForm {
  readonly #document: XmlDocument;
  readonly #isUntyped: boolean;
  readonly #independent: string[] = [];
  #ids = 0;

  constructor(document: XmlDocument, isUntyped: boolean) {
    this.#document = document;
    this.#isUntyped = isUntyped;
  }

  write(): string {
    const wrapper = elementsOf(elementsOf(this.#document.root)[0]!)[0]!;
    const content = elementsOf(wrapper).map((accessor) => this.#accessor(accessor));
    const tag = `x:${wrapper.name} xmlns:x="${wrapper.namespaceUri}"`;
    const body = `<${tag}>${content.reverse().join('')}</x:${wrapper.name}>`;
    return `<soap:Envelope xmlns:soap="${SOAP}"><soap:Body>${body}${this.#independent.reverse().join('')}</soap:Body></soap:Envelope>`;
  }

  #accessor(element: XmlElement): string {
    if (elementsOf(element).length === 0) return this.#element(element, element.name, '', textOf(element));
    const id = `id${this.#ids++}`;
    const names = elementsOf(element).map(({ name }) => name);
    const children = elementsOf(element).map((child) => this.#accessor(child));
    const isStruct = new Set(names).size === names.length;
    const content = (isStruct ? children.reverse() : children).join('');
    this.#independent.push(this.#element(element, 'multiRef', ` id="${id}"`, content));
    return `<${element.name} href="#${id}"/>`;
  }

  #element(element: XmlElement, name: string, more: string, content: string): string {
    const attributes = attributesOf(element).filter(
      ({ name: local }) => !this.#isUntyped || local !== 'type',
    );
    const declarations = new Set(attributes.map(({ value }) => prefixOf(element, value)));
    const written = attributes.map(
      ({ name: local, namespaceUri, value }, index) =>
        ` a${index}:${local}="${value}" xmlns:a${index}="${namespaceUri}"`,
    );
    return `<${name}${more}${written.join('')}${[...declarations].join('')}>${content}</${name}>`;
  }
}

/** The declaration that a QName in an attribute needs. */
function prefixOf(element: XmlElement, value: string): string {
  const [, prefix] = /^([\w-]+):/.exec(value) ?? [];
  const namespace = prefix === undefined ? null : element.namespaceForPrefix(prefix);
  return namespace === null ? '' : ` xmlns:${prefix!}="${namespace}"`;
}

function attributesOf(element: XmlElement): { name: string; namespaceUri: string; value: string }[] {
  return element.attrs.map(({ name, namespaceUri, value }) => ({ name, namespaceUri, value }));
}

function elementsOf(element: XmlElement): XmlElement[] {
  return nodesOf(element).filter((node) => node instanceof XmlElement);
}

function textOf(element: XmlElement): string {
  const texts = nodesOf(element).filter((node) => node instanceof XmlText);
  return texts.map(({ content }) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')).join('');
}

function nodesOf(element: XmlElement): XmlNode[] {
  const nodes: XmlNode[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) nodes.push(node);
  return nodes;
}
