import { SOAP12_ENCODING_NAMESPACE, SOAP_ENCODING_NAMESPACE } from '../../builtin-types.ts';
import { XSI_NAMESPACE } from '../../qname.ts';
import { contentIdOfUrl } from '../../mime/content-id.ts';
import type { ExpandedName } from '../../xml/names.ts';
import type { EncodedElement } from './body-tree.ts';

/** Of XML Schema's drafts too: servers from the year 2000 still run. */
const XSI_NAMESPACES: ReadonlySet<string> = new Set([
  XSI_NAMESPACE,
  'http://www.w3.org/1999/XMLSchema-instance',
  'http://www.w3.org/2000/10/XMLSchema-instance',
]);

const ENCODING_NAMESPACES: ReadonlySet<string> = new Set([
  SOAP_ENCODING_NAMESPACE,
  SOAP12_ENCODING_NAMESPACE,
]);

export function isXsiName({ namespace }: ExpandedName): boolean {
  return XSI_NAMESPACES.has(namespace);
}

export function isEncodingNamespace(namespace: string): boolean {
  return ENCODING_NAMESPACES.has(namespace);
}

/** Whether the attribute belongs to the encoding rather than to the value (SOAP 1.1, 5; SOAP 1.2 Part 2, 3.1.5 and 3.1.6). */
export function isEncodingName({ namespace, local }: ExpandedName): boolean {
  return isEncodingNamespace(namespace) || (namespace === '' && (local === 'id' || local === 'href'));
}

/** `arrayType`, `offset`, `position`, `arraySize`, `itemType`, `root`, `id`, `ref`. */
export function encodingAttribute(element: EncodedElement, local: string): string | undefined {
  return attribute(element, (name) => name.local === local && isEncodingNamespace(name.namespace));
}

export function xsiType(element: EncodedElement): string | undefined {
  return attribute(element, (name) => name.local === 'type' && isXsiName(name))?.trim();
}

/** `xsi:nil`, or `xsi:null` as the draft of 1999 has it. */
export function isNil(element: EncodedElement): boolean {
  const value = attribute(
    element,
    (name) => isXsiName(name) && (name.local === 'nil' || name.local === 'null'),
  );
  return value !== undefined && /^\s*(?:true|1)\s*$/.test(value);
}

/** The id that others refer to: SOAP 1.1 without a namespace, SOAP 1.2 in its own. */
export function idOf(element: EncodedElement): string | undefined {
  const id = attribute(
    element,
    ({ namespace, local }) => local === 'id' && (namespace === '' || isEncodingNamespace(namespace)),
  );
  return id?.trim();
}

/** Of an attachment that holds the value: `href="cid:..."` (SOAP Messages with Attachments, 3; XOP 1.0, 3.1). */
export function attachmentUrl(element: EncodedElement): string | undefined {
  const href = hrefOf(element);
  return href !== undefined && contentIdOfUrl(href) !== undefined ? href : undefined;
}

/** The reference as written: `href="#id"` in SOAP 1.1, `enc:ref="id"` in SOAP 1.2. An attachment is no reference. */
export function referenceOf(
  element: EncodedElement,
): { readonly id: string | undefined; readonly written: string } | undefined {
  const href = hrefOf(element);
  if (href !== undefined && contentIdOfUrl(href) !== undefined) return undefined;
  if (href !== undefined) return { id: href.startsWith('#') ? href.slice(1) : undefined, written: href };
  const ref = encodingAttribute(element, 'ref')?.trim();
  return ref === undefined ? undefined : { id: ref, written: ref };
}

function hrefOf(element: EncodedElement): string | undefined {
  return attribute(element, ({ namespace, local }) => local === 'href' && namespace === '')?.trim();
}

function attribute(
  { attributes: { count, names, values } }: EncodedElement,
  matches: (name: ExpandedName) => boolean,
): string | undefined {
  for (let i = 0; i < count; i++) if (matches(names[i]!)) return values[i];
  return undefined;
}
