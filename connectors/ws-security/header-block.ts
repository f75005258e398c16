/** What of a message can be signed. */
export type SignedPart = 'Body' | 'Timestamp' | 'Addressing' | 'UsernameToken' | 'BinarySecurityToken';

/** What of an answer can be required to be signed. */
export type VerifiedPart = 'Body' | 'Timestamp' | 'Addressing';

/**
 * A header block or token of ours. `xml` is written as Exclusive XML Canonicalization 1.0 would write it, namespaces
 * declared where they are used, so that it is signed as it stands.
 */
export interface HeaderBlock {
  readonly part: SignedPart;
  /** Value of its wsu:Id. */
  readonly id: string;
  readonly xml: string;
}
