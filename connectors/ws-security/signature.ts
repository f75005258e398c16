import { createHash, sign, type KeyObject, type X509Certificate } from 'node:crypto';
import {
  digestAlgorithms,
  signatureAlgorithms,
  type DigestAlgorithmName,
  type SignatureAlgorithmName,
} from './algorithms.ts';
import type { SignedPart } from './header-block.ts';
import { BASE64_BINARY, DS, EXCLUSIVE_C14N, THUMBPRINT_SHA1, WSSE, X509_V3 } from './namespaces.ts';

export interface SignatureOptions {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
  readonly algorithm: SignatureAlgorithmName;
  readonly digest: DigestAlgorithmName;
  readonly parts: readonly SignedPart[];
  /** How the receiver learns which certificate it is: it is sent along, or named by its thumbprint. */
  readonly keyReference: 'token' | 'thumbprint';
}

/** An element in its canonical form, by its wsu:Id. */
export interface SignedElement {
  readonly id: string;
  readonly canonical: string | Uint8Array;
}

/**
 * ds:Signature over the elements (XML Signature 1.1, 4; SOAP Message Security 1.1.1, 8). SignedInfo is written in its
 * canonical form, so that what is signed is what stands there. `tokenId`: of the certificate, where it is sent along.
 */
export function signatureOf(
  elements: readonly SignedElement[],
  options: SignatureOptions,
  tokenId: string,
): string {
  const { uri, hash, options: signing } = signatureAlgorithms[options.algorithm];
  const signedInfo =
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${uri}"></ds:SignatureMethod>` +
    `${elements.map((element) => reference(element, options.digest)).join('')}</ds:SignedInfo>`;
  const octets = Buffer.from(`<ds:SignedInfo xmlns:ds="${DS}">${signedInfo}`);
  const value = sign(hash, octets, { key: options.key, ...signing }).toString('base64');
  return (
    `<ds:Signature xmlns:ds="${DS}"><ds:SignedInfo>${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>` +
    `<ds:KeyInfo>${keyReference(options, tokenId)}</ds:KeyInfo></ds:Signature>`
  );
}

function reference({ id, canonical }: SignedElement, digest: DigestAlgorithmName): string {
  const value = createHash(digest).update(canonical).digest('base64');
  return (
    `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${EXCLUSIVE_C14N}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${digestAlgorithms[digest]}"></ds:DigestMethod><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`
  );
}

/** X.509 Certificate Token Profile 1.1.1, 3.2. The thumbprint only names the certificate, so SHA-1 does no harm. */
function keyReference({ keyReference: kind, certificate }: SignatureOptions, tokenId: string): string {
  const thumbprint = createHash('sha1').update(certificate.raw).digest('base64');
  const named =
    kind === 'token'
      ? `<wsse:Reference URI="#${tokenId}" ValueType="${X509_V3}"></wsse:Reference>`
      : `<wsse:KeyIdentifier EncodingType="${BASE64_BINARY}" ValueType="${THUMBPRINT_SHA1}">${thumbprint}</wsse:KeyIdentifier>`;
  return `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}">${named}</wsse:SecurityTokenReference>`;
}
