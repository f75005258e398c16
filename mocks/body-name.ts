import { qnameKey, SOAP_ENVELOPE_NAMESPACE, type QNameKey, type SoapVersion } from '../wsdl/index.ts';
import { localName, scanTags, type Tag } from './scan-tags.ts';

/**
 * What a mock must know of a request before it can choose a codec. `body` is the body's first child (`''` for an
 * empty body); `other` is an Envelope of some other version, `none` is no SOAP at all.
 */
export type BodyName =
  | { readonly kind: 'soap'; readonly soapVersion: SoapVersion; readonly body: QNameKey }
  | { readonly kind: 'other'; readonly namespace: string }
  | { readonly kind: 'none' };

/** Finds the name that a request is routed by. All else that may be wrong with the XML is left to the decoder. */
export function readBodyName(xml: string): BodyName {
  const tags = scanTags(xml);
  const { value: envelope } = tags.next() as IteratorResult<Tag, undefined>;
  if (envelope === undefined || localName(envelope.name) !== 'Envelope') return { kind: 'none' };
  const namespace = namespaceOf(envelope.name, [envelope]);
  const soapVersion = versionOf(namespace);
  if (soapVersion === undefined) return { kind: 'other', namespace };
  const body = findBody(tags, envelope, namespace);
  return { kind: 'soap', soapVersion, body: body === undefined ? '' : firstChild(tags, [envelope, body]) };
}

function versionOf(namespace: string): SoapVersion | undefined {
  if (namespace === SOAP_ENVELOPE_NAMESPACE['1.1']) return '1.1';
  return namespace === SOAP_ENVELOPE_NAMESPACE['1.2'] ? '1.2' : undefined;
}

function findBody(tags: Iterable<Tag>, envelope: Tag, namespace: string): Tag | undefined {
  let depth = 0;
  // Not for..of over the generator alone: leaving that loop would close it.
  for (const tag of keepOpen(tags)) {
    const isBody = depth === 0 && !tag.isEnd && localName(tag.name) === 'Body';
    if (isBody && namespaceOf(tag.name, [envelope, tag]) === namespace) return tag;
    if (tag.isEnd) depth -= 1;
    else if (!tag.isEmpty) depth += 1;
  }
  return undefined;
}

function keepOpen(tags: Iterable<Tag>): Iterable<Tag> {
  const iterator = tags[Symbol.iterator]();
  return { [Symbol.iterator]: () => ({ next: () => iterator.next() }) };
}

function firstChild(tags: Iterable<Tag>, ancestors: readonly Tag[]): QNameKey {
  const [child] = ancestors.at(-1)?.isEmpty ? [] : tags;
  if (child === undefined || child.isEnd) return '';
  return qnameKey(namespaceOf(child.name, [...ancestors, child]), localName(child.name));
}

/** Namespaces in XML 1.0, 6: the nearest declaration counts; `scope` holds the ancestors, outermost first. */
function namespaceOf(name: string, scope: readonly Tag[]): string {
  const colon = name.indexOf(':');
  const declaration = colon < 0 ? 'xmlns' : `xmlns:${name.slice(0, colon)}`;
  for (const tag of scope.toReversed()) {
    const attribute = tag.attributes.find((candidate) => candidate.name === declaration);
    if (attribute !== undefined) return attribute.value;
  }
  return '';
}
