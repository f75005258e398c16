import { type XmlAttribute, XmlCData, XmlDocument, XmlElement, XmlText, type XmlNode } from 'libxml2-wasm';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * An XML document as a string in which only the infoset counts: expanded names, attributes sorted, no comments, and
 * no blanks between elements. Equal strings mean equal messages.
 */
export function canonical(xml: string | Uint8Array): string {
  const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  try {
    return canonicalElement(document.root);
  } finally {
    document.dispose();
  }
}

function canonicalElement(element: XmlElement): string {
  const attributes = element.attrs
    .map(
      (attribute) =>
        `${clark(attribute.namespaceUri, attribute.name)}=${JSON.stringify(canonicalValue(element, attribute))}`,
    )
    .sort();
  const children = childrenOf(element);
  const hasElements = children.some((child) => child instanceof XmlElement);
  return `<${[clark(element.namespaceUri, element.name), ...attributes].join(' ')}>${canonicalContent(element, children, hasElements)}</>`;
}

/** Text is one however it is cut: into CDATA sections, by comments. */
function canonicalContent(parent: XmlElement, children: readonly XmlNode[], dropsBlanks: boolean): string {
  let content = '';
  let text = '';
  const endText = (): void => {
    if (text !== '' && !(dropsBlanks && /^\s*$/.test(text)))
      content += JSON.stringify(expandNames(parent, text));
    text = '';
  };
  for (const child of children) {
    if (child instanceof XmlText || child instanceof XmlCData) text += child.content;
    if (!(child instanceof XmlElement)) continue;
    endText();
    content += canonicalElement(child);
  }
  endText();
  return content;
}

function childrenOf(element: XmlElement): XmlNode[] {
  const children: XmlNode[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) children.push(node);
  return children;
}

function clark(namespace: string, local: string): string {
  return `{${namespace}}${local}`;
}

function canonicalValue(element: XmlElement, { namespaceUri, name, value }: XmlAttribute): string {
  if (namespaceUri !== XSI || name !== 'type' || value.includes(':')) return expandNames(element, value);
  // Other than an attribute's name, the name of a type is in the default namespace (XML Schema Part 1, 3.15.3).
  return clark(element.namespaceForPrefix('') ?? '', value.trim());
}

/** A value that may be a QName, in Clark notation: the prefix is not part of its meaning. */
function expandNames(element: XmlElement, value: string): string {
  const [, prefix = '', local = ''] = /^([\w.-]+):([\w.-]+)$/.exec(value) ?? [];
  const namespace = prefix === '' ? null : element.namespaceForPrefix(prefix);
  return namespace === null ? value : clark(namespace, local);
}
