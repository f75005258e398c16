import { XmlCData, XmlDocument, XmlElement, XmlText, type XmlNode } from 'libxml2-wasm';

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
        `${clark(attribute.namespaceUri, attribute.name)}=${JSON.stringify(expandNames(element, attribute.value))}`,
    )
    .sort();
  const children = childrenOf(element);
  const hasElements = children.some((child) => child instanceof XmlElement);
  const content = children.map((child) => canonicalNode(element, child, hasElements)).join('');
  return `<${[clark(element.namespaceUri, element.name), ...attributes].join(' ')}>${content}</>`;
}

function canonicalNode(parent: XmlElement, node: XmlNode, dropsBlanks: boolean): string {
  if (node instanceof XmlElement) return canonicalElement(node);
  if (!(node instanceof XmlText) && !(node instanceof XmlCData)) return '';
  return dropsBlanks && /^\s*$/.test(node.content) ? '' : JSON.stringify(expandNames(parent, node.content));
}

function childrenOf(element: XmlElement): XmlNode[] {
  const children: XmlNode[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) children.push(node);
  return children;
}

function clark(namespace: string, local: string): string {
  return `{${namespace}}${local}`;
}

/** A value that may be a QName, in Clark notation: the prefix is not part of its meaning. */
function expandNames(element: XmlElement, value: string): string {
  const [, prefix = '', local = ''] = /^([\w.-]+):([\w.-]+)$/.exec(value) ?? [];
  const namespace = prefix === '' ? null : element.namespaceForPrefix(prefix);
  return namespace === null ? value : clark(namespace, local);
}
