import { constants, type KeyObject, type SigningOptions } from 'node:crypto';

/** How a signature is made and checked with node:crypto. */
export interface SignatureAlgorithm {
  /** Identifier of XML Signature (RFC 9231). */
  readonly uri: string;
  readonly hash: string;
  readonly keyType: 'rsa' | 'ec';
  readonly options: SigningOptions;
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

const rsa = (uri: string, hash: string): SignatureAlgorithm => ({ uri, hash, keyType: 'rsa', options: {} });

/** RFC 9231, 2.3.6: r and s side by side, not as DER. */
const ecdsa = (hash: string): SignatureAlgorithm => ({
  uri: `${MORE}ecdsa-${hash}`,
  hash,
  keyType: 'ec',
  options: { dsaEncoding: 'ieee-p1363' },
});

export type SignatureAlgorithmName =
  | 'rsa-sha256'
  | 'rsa-sha384'
  | 'rsa-sha512'
  | 'rsa-pss-sha256'
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'rsa-sha1';

/** There is no HMAC here: a public key must never serve as a shared secret. */
export const signatureAlgorithms: Readonly<Record<SignatureAlgorithmName, SignatureAlgorithm>> = {
  'rsa-sha256': rsa(`${MORE}rsa-sha256`, 'sha256'),
  'rsa-sha384': rsa(`${MORE}rsa-sha384`, 'sha384'),
  'rsa-sha512': rsa(`${MORE}rsa-sha512`, 'sha512'),
  'rsa-pss-sha256': {
    ...rsa('http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', 'sha256'),
    options: {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    },
  },
  'ecdsa-sha256': ecdsa('sha256'),
  'ecdsa-sha384': ecdsa('sha384'),
  'rsa-sha1': rsa('http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'sha1'),
};

export type DigestAlgorithmName = 'sha256' | 'sha384' | 'sha512' | 'sha1';

/** Identifiers of XML Signature and XML Encryption. */
export const digestAlgorithms: Readonly<Record<DigestAlgorithmName, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${MORE}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
};

const LEAST_RSA_BITS = 2048;

/** Why a key is of no use for an algorithm; undefined if it is. */
export function faultOfKey(key: KeyObject, name: SignatureAlgorithmName): string | undefined {
  const { keyType } = signatureAlgorithms[name];
  if (key.asymmetricKeyType !== keyType) return `${name} needs a key of type ${keyType}`;
  return isTooShort(key) ? `an RSA key needs at least ${LEAST_RSA_BITS} bits` : undefined;
}

export function isTooShort({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_RSA_BITS;
}
