import type {
  AddressingVersion,
  DigestAlgorithmName,
  SignatureAlgorithmName,
  SignedPart,
  VerifiedPart,
} from '../../connectors/index.ts';
import type { Secret } from './service-policy-config.ts';

/** What stands in the header of messages. */
export interface MessageHeaders {
  readonly security?: SecurityConfig;
  readonly addressing?: AddressingConfig;
}

export interface SecurityConfig {
  readonly username?: UsernameConfig;
  /** 0: none. */
  readonly timestampSeconds: number;
  readonly signature?: SignatureConfig;
  readonly mustUnderstand: boolean;
  readonly actor?: string;
  readonly verify?: VerifyConfig;
}

export interface UsernameConfig {
  readonly username: string;
  readonly password: Secret;
  readonly passwordType: 'text' | 'digest';
  readonly nonce: boolean;
}

/** `certificate` is a file. */
export interface SignatureConfig {
  readonly key: Secret;
  readonly passphrase?: Secret;
  readonly certificate: string;
  readonly algorithm: SignatureAlgorithmName;
  readonly digest: DigestAlgorithmName;
  readonly parts: readonly SignedPart[];
  readonly keyReference: 'token' | 'thumbprint';
}

/** Exactly one of `certificates` and `ca`, both files; `subject` goes with `ca`. */
export interface VerifyConfig {
  readonly certificates?: readonly string[];
  readonly ca?: string;
  readonly subject?: string;
  readonly require: readonly VerifiedPart[];
  readonly algorithms: readonly SignatureAlgorithmName[];
  readonly digests: readonly DigestAlgorithmName[];
  readonly maxAgeSeconds: number;
  readonly clockSkewSeconds: number;
  readonly maxBytes: number;
}

export interface AddressingConfig {
  readonly version: AddressingVersion;
  readonly to?: string;
  readonly checkRelatesTo: boolean;
}
