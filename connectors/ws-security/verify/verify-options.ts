import type { X509Certificate } from 'node:crypto';
import type { DigestAlgorithmName, SignatureAlgorithmName } from '../algorithms.ts';
import type { VerifiedPart } from '../header-block.ts';

/** What an answer must prove. */
export interface VerifyOptions {
  readonly trust: TrustOptions;
  /** The Body must be signed in any case. */
  readonly require: readonly VerifiedPart[];
  readonly algorithms: readonly SignatureAlgorithmName[];
  readonly digests: readonly DigestAlgorithmName[];
  readonly maxAgeSeconds: number;
  readonly clockSkewSeconds: number;
  /** Of the whole answer. */
  readonly maxBytes: number;
}

/** Whose signatures are believed: of the holders of these certificates, or of those whom an authority names so. */
export type TrustOptions =
  | { readonly certificates: readonly X509Certificate[] }
  | {
      readonly authorities: readonly X509Certificate[];
      /** One attribute of the subject as OpenSSL writes it, e.g. `CN=core.bank.example`. */
      readonly subject: string;
    };
