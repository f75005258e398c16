import { createHash, verify, X509Certificate } from 'node:crypto';
import type { XmlElement } from 'libxml2-wasm';
import { digestAlgorithms, signatureAlgorithms } from '../algorithms.ts';
import { DS, WSSE } from '../namespaces.ts';
import { canonicalElement, canonicalisationOf } from './canonicalisation.ts';
import { assertChildren, attributeOf, childrenNamed, onlyChild } from './element.ts';
import { trustedCertificates } from './trusted-certificates.ts';
import { refuse } from './verification-error.ts';
import type { VerifyOptions } from './verify-options.ts';

/** A ds:Reference whose digest is still to be compared. */
export interface SignedReference {
  /** Value of an identifying attribute; safe to stand in an XPath literal. */
  readonly id: string;
  readonly transforms: XmlElement;
  readonly hash: string;
  readonly digest: Buffer;
}

const MOST_REFERENCES = 32;
const MOST_CERTIFICATES = 8;
const ID = /^[A-Za-z_][\w.:-]{0,255}$/;

/**
 * Checks ds:SignatureValue (XML Signature 1.1, 3.2.2), and only then reads what it covers.
 * @throws VerificationError if nobody who is trusted has signed.
 */
export function checkSignature(security: XmlElement, options: VerifyOptions, now: number): SignedReference[] {
  const signature = onlyChild(security, DS, 'Signature');
  assertChildren(signature, DS, ['SignedInfo', 'SignatureValue', 'KeyInfo']);
  const signedInfo = onlyChild(signature, DS, 'SignedInfo');
  assertChildren(signedInfo, DS, ['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
  const algorithm = algorithmOf(onlyChild(signedInfo, DS, 'SignatureMethod'), options);
  const form = canonicalisationOf(onlyChild(signedInfo, DS, 'CanonicalizationMethod'));
  const octets = canonicalElement(signedInfo, form);
  const value = Buffer.from(onlyChild(signature, DS, 'SignatureValue').content, 'base64');
  const trusted = trustedCertificates(options.trust, sentCertificates(security, signature), now);
  const isSigned = trusted.some(({ publicKey }) => {
    if (publicKey.asymmetricKeyType !== algorithm.keyType) return false;
    return verify(algorithm.hash, octets, { key: publicKey, ...algorithm.options }, value);
  });
  if (!isSigned) refuse('the signature is not valid for any certificate that is trusted and not expired');
  return referencesOf(signedInfo, options);
}

function algorithmOf(
  method: XmlElement,
  { algorithms }: VerifyOptions,
): (typeof signatureAlgorithms)[keyof typeof signatureAlgorithms] {
  if (childrenNamed(method, DS, 'HMACOutputLength').length > 0)
    refuse('<SignatureMethod> holds what it may not');
  const uri = attributeOf(method, 'Algorithm');
  const name = algorithms.find((one) => signatureAlgorithms[one].uri === uri);
  return name === undefined ? refuse('the signature algorithm is not accepted') : signatureAlgorithms[name];
}

/** Those in the message. Whether one is trusted is another question. */
function sentCertificates(security: XmlElement, signature: XmlElement): X509Certificate[] {
  const tokens = childrenNamed(security, WSSE, 'BinarySecurityToken');
  const inKeyInfo = signature.find('d:KeyInfo//d:X509Certificate', { d: DS });
  return [...tokens, ...inKeyInfo]
    .slice(0, MOST_CERTIFICATES)
    .flatMap(({ content }) => certificateOf(content));
}

/** A token of another kind is no certificate, and no reason to refuse the answer. */
function certificateOf(base64: string): X509Certificate[] {
  try {
    return [new X509Certificate(Buffer.from(base64, 'base64'))];
  } catch {
    return [];
  }
}

function referencesOf(signedInfo: XmlElement, options: VerifyOptions): SignedReference[] {
  const references = childrenNamed(signedInfo, DS, 'Reference');
  if (references.length > MOST_REFERENCES) refuse('the signature has too many references');
  return references.map((reference) => referenceOf(reference, options));
}

function referenceOf(reference: XmlElement, { digests }: VerifyOptions): SignedReference {
  assertChildren(reference, DS, ['Transforms', 'DigestMethod', 'DigestValue']);
  const uri = attributeOf(reference, 'URI') ?? '';
  const id = uri.slice(1);
  if (!uri.startsWith('#') || !ID.test(id))
    return refuse('a reference does not name an element of the message');
  const method = attributeOf(onlyChild(reference, DS, 'DigestMethod'), 'Algorithm');
  const hash = digests.find((name) => digestAlgorithms[name] === method);
  if (hash === undefined) return refuse('the digest algorithm is not accepted');
  const digest = Buffer.from(onlyChild(reference, DS, 'DigestValue').content, 'base64');
  return { id, transforms: onlyChild(reference, DS, 'Transforms'), hash, digest };
}

/** @throws VerificationError unless the octets are those that were signed. */
export function assertDigest({ hash, digest }: SignedReference, octets: Uint8Array): void {
  if (!createHash(hash).update(octets).digest().equals(digest))
    refuse('a signed element is not as it was when it was signed');
}
