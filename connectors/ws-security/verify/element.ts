import { XmlElement, type XmlNode } from 'libxml2-wasm';
import { refuse } from './verification-error.ts';

/** The child elements, in document order. */
export function childElements(parent: XmlElement): XmlElement[] {
  const children: XmlElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next)
    if (node instanceof XmlElement) children.push(node);
  return children;
}

export function is(element: XmlElement, namespace: string, local: string): boolean {
  return element.name === local && element.namespaceUri === namespace;
}

export function childrenNamed(parent: XmlElement, namespace: string, local: string): XmlElement[] {
  return childElements(parent).filter((child) => is(child, namespace, local));
}

/** The only child of its name. @throws VerificationError if there is none, or several. */
export function onlyChild(parent: XmlElement, namespace: string, local: string): XmlElement {
  const [only, second] = childrenNamed(parent, namespace, local);
  if (only === undefined) return refuse(`<${parent.name}> has no <${local}>`);
  return second === undefined ? only : refuse(`<${parent.name}> has several <${local}>`);
}

/** @throws VerificationError for a child of another name. */
export function assertChildren(parent: XmlElement, namespace: string, locals: readonly string[]): void {
  const stranger = childElements(parent).find(
    (child) => child.namespaceUri !== namespace || !locals.includes(child.name),
  );
  if (stranger !== undefined) refuse(`<${parent.name}> holds what it may not`);
}

/** Value of the attribute without a namespace. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attrs.find(({ name, namespaceUri }) => name === local && namespaceUri === '')?.value;
}

/** Elements with the identifier, by whatever attribute could be one: wsu:Id, Id, ID, id, xml:id. */
export function identifiedBy(root: XmlNode, id: string): XmlElement[] {
  // The form of `id` has been checked: nothing in it could end the literal.
  const names = ['Id', 'ID', 'id'].map((name) => `local-name()='${name}'`).join(' or ');
  return root
    .find(`descendant-or-self::*[@*[(${names}) and .='${id}']]`)
    .filter((node): node is XmlElement => node instanceof XmlElement);
}
