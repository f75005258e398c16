import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { canonicalExclusive, canonicalInclusive, exclusive } from '../canonicalise.ts';
import { ENVELOPED_SIGNATURE, EXCLUSIVE_C14N, INCLUSIVE_C14N, DS } from '../namespaces.ts';
import { attributeOf, childElements, is } from './element.ts';
import { refuse } from './verification-error.ts';

/** A canonical form named by ds:CanonicalizationMethod or ds:Transform. */
export interface Canonicalisation {
  readonly isExclusive: boolean;
  readonly prefixes: readonly string[];
}

/** Exclusive or inclusive Canonical XML 1.0 without comments. @throws VerificationError for all else, XSLT and XPath included. */
export function canonicalisationOf(method: XmlElement): Canonicalisation {
  const algorithm = attributeOf(method, 'Algorithm');
  if (algorithm !== EXCLUSIVE_C14N && algorithm !== INCLUSIVE_C14N)
    return refuse(`<${method.name}> names an algorithm that is not accepted`);
  const isExclusive = algorithm === EXCLUSIVE_C14N;
  const [list, ...others] = childElements(method);
  if (list === undefined) return { isExclusive, prefixes: [] };
  if (others.length > 0 || !isExclusive || !is(list, EXCLUSIVE_C14N, 'InclusiveNamespaces'))
    return refuse(`<${method.name}> holds what it may not`);
  const prefixes = (attributeOf(list, 'PrefixList') ?? '').split(/\s+/).filter(Boolean);
  return { isExclusive, prefixes };
}

/**
 * The one canonical form of ds:Transforms. An enveloped-signature transform before it is accepted where it does nothing: the
 * element must hold no signature, or what is signed and what is read would differ.
 */
export function transformOf(transforms: XmlElement, target: XmlElement): Canonicalisation {
  const [first, ...rest] = childElements(transforms);
  if (first === undefined) return refuse('<Transforms> is empty');
  const isEnveloped = attributeOf(first, 'Algorithm') === ENVELOPED_SIGNATURE && rest.length === 1;
  if (isEnveloped && target.find('descendant-or-self::d:Signature', { d: DS }).length > 0)
    refuse('a signed element holds a signature that would not be signed');
  const [only, ...others] = isEnveloped ? rest : [first, ...rest];
  if (only === undefined || others.length > 0) return refuse('<Transforms> names several transforms');
  return canonicalisationOf(only);
}

/** A whole document. */
export function canonicalDocument(
  document: XmlDocument,
  { isExclusive, prefixes }: Canonicalisation,
): Buffer {
  return isExclusive ? canonicalExclusive(document, prefixes) : canonicalInclusive(document);
}

/** One element; takes time by the size of its whole document. */
export function canonicalElement(element: XmlElement, { isExclusive, prefixes }: Canonicalisation): Buffer {
  return Buffer.from(element.canonicalizeToString(isExclusive ? exclusive(prefixes) : {}));
}
